using Microsoft.AspNetCore.Components.Forms;

namespace LiveShop.Web.Admin;

/// <summary>Reads a file that an operator chose, over the circuit in small pieces.</summary>
internal static class Upload
{
    /// <summary>Returns the whole file, or in words why there is none.</summary>
    /// <param name="most">Bytes. A larger one is refused before it is sent, or where it goes on after as many.</param>
    /// <param name="progress">Told the per cent that have arrived, when that is another number than before.</param>
    public static async Task<(byte[] Bytes, string? Trouble)> ReadAsync(IBrowserFile file, int most, Action<int> progress)
    {
        if (file.Size > most) return ([], $"{file.Name} is larger than {most / (1024 * 1024)} MB.");
        try
        {
            using var bytes = new MemoryStream();
            await using var stream = file.OpenReadStream(most);
            var (piece, told) = (new byte[32 * 1024], 0);
            while (await stream.ReadAsync(piece) is var count and > 0)
            {
                bytes.Write(piece, 0, count);
                var percent = (int)Math.Min(100, 100 * bytes.Length / Math.Max(1, file.Size));
                if (percent == told) continue;
                told = percent;
                progress(percent);
            }
            return (bytes.ToArray(), null);
        }
        // The framework throws InvalidOperationException when the browser cannot read the file any more.
        catch (Exception exception) when (exception is IOException or TimeoutException or OperationCanceledException or InvalidOperationException)
        {
            return ([], $"{file.Name} did not arrive. Choose it again.");
        }
    }
}
