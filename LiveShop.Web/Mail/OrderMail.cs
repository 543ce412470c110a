using System.Globalization;
using System.Text;
using LiveShop.Domain;
using LiveShop.Web.Settings;
using LiveShop.Web.Shopper;
using MimeKit;

namespace LiveShop.Web.Mail;

/// <summary>Writes what a shopper is told of an order by mail: plain text, UTF-8.</summary>
internal sealed class OrderMail(WebSettings shop, MailSettings settings)
{
    /// <summary>Reads what exists, which is more than the standards allow: Japanese providers have given out addresses such as <c>ana..b.@example.org</c>.</summary>
    private static readonly ParserOptions Lenient = new() { AddressParserComplianceMode = RfcComplianceMode.Looser, AllowAddressesWithoutDomain = false };

    /// <summary>Returns the mail, to be disposed; null when what the shopper typed is no address that a mail can be sent to.</summary>
    public MimeMessage? Write(OutgoingMail mail)
    {
        if (Address(mail.Recipient) is not { } recipient) return null;
        var from = settings.From;
        // MimeKit holds a domain with letters of other scripts as they are read, and writes it as the mail servers know it.
        var address = MailboxAddress.EncodeAddrspec(from.Address);
        var message = new MimeMessage
        {
            From = { new MailboxAddress(Encoding.UTF8, string.IsNullOrEmpty(from.Name) ? shop.Name : from.Name, from.Address) },
            To = { recipient },
            // A repeat has the same id, by which mail servers and programs recognise it.
            MessageId = $"{NameOf(mail)}@{address[(address.LastIndexOf('@') + 1)..]}",
            // An operator may have cancelled it before it could be confirmed.
            Subject = $"{shop.Name}: order {mail.Order.Number}{(mail.Order.State == OrderState.Placed ? " is placed" : "")}",
            Body = new TextPart("plain") { Text = Text(mail.Order, mail.Delivery), ContentTransferEncoding = ContentEncoding.QuotedPrintable },
        };
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }

    /// <summary>Null also where an address could be read in another way than it was typed, such as one that carries a name.</summary>
    private static MailboxAddress? Address(string typed)
    {
        if (!MailboxAddress.TryParse(Lenient, typed, out var address)) return null;
        try
        {
            // The name of a domain beyond ASCII travels in this form, and not every text has one. MimeKit shows a domain that was typed in it in the other.
            var travelling = $"{address.LocalPart}@{new IdnMapping().GetAscii(address.Domain)}";
            return address.Address == typed || string.Equals(travelling, typed, StringComparison.OrdinalIgnoreCase) ? address : null;
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
