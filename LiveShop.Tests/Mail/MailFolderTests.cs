using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

public sealed class MailFolderTests(PostgresServer postgres) : MailTests(postgres)
{
    private readonly string parent = Directory.CreateTempSubdirectory("liveshop-mail-").FullName;

    private string Folder => Path.Combine(parent, "data", "mail");

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(parent, recursive: true);
    }

    [Fact]
    public async Task Every_order_becomes_one_whole_file_that_bears_its_number()
    {
        var numbers = await BuyAsync(6);

        var log = await SendAsync(ToFolder(Folder));

        await UntilSentAsync(6);
        Assert.Equal(
            numbers.Select(number => Path.Combine(Folder, $"{number}.confirmation.eml")).Order(StringComparer.Ordinal),
            Directory.GetFileSystemEntries(Folder).Order(StringComparer.Ordinal));
        var mail = await ReadAsync(numbers[0]);
        Assert.Equal("ana@example.org", mail.Header("To"));
        Assert.Contains($"your order {numbers[0]} of", mail.Body, StringComparison.Ordinal);
        Assert.EndsWith("\r\nSnéakers\r\n", mail.Body.TrimEnd('\r', '\n') + "\r\n", StringComparison.Ordinal);
        Assert.Equal([$"Information: Order confirmations are written to {Folder}."], log.Lines);
    }

    [Fact]
    public async Task Nobody_else_may_look_into_a_folder_that_the_shop_makes()
    {
        if (OperatingSystem.IsWindows()) return;
        await BuyAsync();

        await SendAsync(ToFolder(Folder));

        await UntilSentAsync();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
    }

    [Fact]
    public async Task A_mail_that_is_written_again_takes_the_place_of_the_first()
    {
        await BuyAsync();
        await SendAsync(ToFolder(Folder));
        await UntilSentAsync();

        await Database.ExecuteAsync("update emails set sent_at = null, next_attempt_at = now()");

        await Eventually.TrueAsync(async () => await CountAsync("sent_at is not null and attempts = 2") == 1);
        Assert.Single(Directory.GetFileSystemEntries(Folder));
    }

    [Fact]
    public async Task An_address_beyond_ASCII_needs_no_server_that_knows_such()
    {
        var number = Assert.Single(await BuyAsync(delivery: Some.Delivery with { Email = "ána@exämple.org" }));

        await SendAsync(ToFolder(Folder));

        await UntilSentAsync();
        Assert.Equal("ána@exämple.org", (await ReadAsync(number)).Header("To"));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_is_tried_again()
    {
        await File.WriteAllTextAsync(Path.Combine(parent, "data"), "in the way");
        await BuyAsync();
        var log = await SendAsync(ToFolder(Folder));
        await UntilPostponedAsync();
        Assert.Equal(1, log.Count("Mails cannot be sent for now"));

        File.Delete(Path.Combine(parent, "data"));
        await LetTimePassAsync();

        await UntilSentAsync();
        Assert.Single(Directory.GetFileSystemEntries(Folder));
    }

    private async Task<TakenMail> ReadAsync(string number) => new("", await File.ReadAllBytesAsync(Path.Combine(Folder, $"{number}.confirmation.eml")));
}
