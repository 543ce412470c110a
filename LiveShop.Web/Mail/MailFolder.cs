using MimeKit;

namespace LiveShop.Web.Mail;

/// <summary>A folder of mails, one .eml file each.</summary>
internal static class MailFolder
{
    /// <summary>The mode of a folder that does not exist yet: its mails contain home addresses.</summary>
    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Writes the mail under a temporary name and renames it, so that every .eml file in the folder is a whole mail. Replaces a mail of the same name.</summary>
    public static async Task WriteAsync(string folder, MimeMessage mail, string name, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsWindows()) Directory.CreateDirectory(folder, OwnersOnly);
        else Directory.CreateDirectory(folder);
        var draft = Path.Combine(folder, $".{name}-{Guid.NewGuid():N}");
        try
        {
            await mail.WriteToAsync(MailFormat.Of(mail), draft, cancellationToken);
            File.Move(draft, Path.Combine(folder, $"{name}.eml"), overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
