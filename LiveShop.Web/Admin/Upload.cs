using Microsoft.AspNetCore.Components.Forms;

namespace LiveShop.Web.Admin;

/// <summary>A file that an operator chose, read over the circuit in small pieces.</summary>
internal static class Upload
{
    /// <summary>The whole file, or in words why there is none.</summary>
    /// <param name="most">Bytes. A larger one is refused before it is sent, or where it goes on after as many.</param>
    public static async Task<(byte[] Bytes, string? Trouble)> ReadAsync(IBrowserFile file, int most)
    {
        if (file.Size > most) return ([], $"{file.Name} is larger than {most / (1024 * 1024)} MB.");
        try
        {
            using var bytes = new MemoryStream();
            await using var stream = file.OpenReadStream(most);
            await stream.CopyToAsync(bytes);
            return (bytes.ToArray(), null);
        }
        // The framework throws InvalidOperationException when the browser cannot read the file any more.
        catch (Exception exception) when (exception is IOException or TimeoutException or OperationCanceledException or InvalidOperationException)
        {
            return ([], $"{file.Name} did not arrive. Choose it again.");
        }
    }
}
