using System.Globalization;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using LiveShop.Domain;
using LiveShop.Web.Settings;
using LiveShop.Web.Shopper;

namespace LiveShop.Web.Mail;

/// <summary>Writes what a shopper is told of an order by mail: plain text, UTF-8.</summary>
internal sealed class OrderMail(WebSettings shop, MailSettings settings)
{
    /// <summary>The mail, to be disposed; null when what the shopper typed is no address that a mail can be sent to.</summary>
    public MailMessage? Write(OutgoingMail mail)
    {
        if (Address(mail.Recipient) is not { } recipient) return null;
        var from = settings.From.DisplayName is "" ? new MailAddress(settings.From.Address, shop.Name, Encoding.UTF8) : settings.From;
        return new MailMessage(from, recipient)
        {
            // A repeat has the same id, by which mail servers and programs recognise it.
            Headers = { ["Message-ID"] = $"<{NameOf(mail)}@{from.Host}>", ["Auto-Submitted"] = "auto-generated" },
            // An operator may have cancelled it before it could be confirmed.
            Subject = $"{shop.Name}: order {mail.Order.Number}{(mail.Order.State == OrderState.Placed ? " is placed" : "")}",
            SubjectEncoding = Encoding.UTF8,
            Body = Text(mail.Order, mail.Delivery),
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.QuotedPrintable,
        };
    }

    /// <summary>Null also where an address could be read in another way than it was typed, such as one that carries a name.</summary>
    private static MailAddress? Address(string typed)
    {
        if (!MailAddress.TryCreate(typed, out var address) || address.Address != typed) return null;
        try
        {
            // The name of a domain beyond ASCII travels in this form, and not every text has one.
            _ = new IdnMapping().GetAscii(address.Host);
            return address;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The same for every attempt, and no other mail's.</summary>
    public static string NameOf(OutgoingMail mail) => $"{mail.Order.Number}.{mail.Kind}";

    private string Text(Order order, DeliveryDetails delivery)
    {
        var text = new StringBuilder();
        void Say(string line = "") => text.Append(OneLine(line)).Append("\r\n");

        Say($"Hello {delivery.Name},");
        Say();
        Say($"your order {order.Number} of {Words.Time(order.PlacedAt)} {Words.Fate(order)}");
        Say();
        foreach (var line in order.Lines) Say($"{line.ProductName}, size {Words.Size(line.Size)}: {Words.Price(line.Price)}");
        Say($"Total: {Words.Price(order.Total)}");
        if (order.State == OrderState.Placed)
        {
            Say();
            Say("It goes to:");
            Say(delivery.Name);
            Say(delivery.Address);
            Say($"{delivery.PostalCode} {delivery.City}");
            Say(delivery.Country);
        }
        Say();
        Say(shop.Name);
        return text.ToString();
    }

    /// <summary>Nothing that was typed can begin a line of its own and so pass for the shop's words.</summary>
    private static string OneLine(string line) => string.Concat(line.Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter));
}
