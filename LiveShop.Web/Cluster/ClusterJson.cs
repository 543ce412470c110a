using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveShop.Web.Cluster;

/// <summary>How messages between nodes are written.</summary>
internal static class ClusterJson
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static byte[] Write<T>(T message) => JsonSerializer.SerializeToUtf8Bytes(message, Format);

    /// <summary>Null for what is no such message.</summary>
    public static T? Read<T>(byte[]? bytes)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(bytes, Format);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
