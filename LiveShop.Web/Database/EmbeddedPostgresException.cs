namespace LiveShop.Web.Database;

/// <summary>The surroundings do not let the private database run. The message is one line and fit to be shown to whoever started the shop.</summary>
internal sealed class EmbeddedPostgresException : Exception
{
    public EmbeddedPostgresException(string message, Exception? inner = null)
        : base(string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)), inner)
    {
    }
}
