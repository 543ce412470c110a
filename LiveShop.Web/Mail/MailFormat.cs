using MimeKit;

namespace LiveShop.Web.Mail;

/// <summary>The form in which a mail is written.</summary>
internal static class MailFormat
{
    /// <summary>ASCII lines that end in CRLF. Headers are UTF-8 for a recipient whose mailbox name has no ASCII form.</summary>
    public static FormatOptions Of(MimeMessage mail)
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.International = NeedsSmtpUtf8(mail);
        return format;
    }

    /// <summary>Tells whether only a server with SMTPUTF8 (RFC 6531) can take the mail. A domain beyond ASCII does not need it: it has a form in ASCII.</summary>
    public static bool NeedsSmtpUtf8(MimeMessage mail) => mail.To.Mailboxes.Any(recipient => !recipient.LocalPart.All(char.IsAscii));
}
