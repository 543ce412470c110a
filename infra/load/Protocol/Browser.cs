using System.Net;

namespace LiveShop.Load;

/// <summary>One shopper's browser: a cookie jar, over connections that all browsers of the process share.</summary>
internal sealed class Browser(ShopAddress shop)
{
    private readonly Dictionary<string, string> cookies = [];

    public ShopAddress Shop => shop;

    public string Cookies => string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));

    /// <summary>The value of a cookie; null without it.</summary>
    public string? this[string cookie] => cookies.GetValueOrDefault(cookie);

    /// <summary>The page at the path, after redirects to other pages of the shop.</summary>
    /// <exception cref="HttpRequestException">For any answer but 200.</exception>
    public async Task<string> GetAsync(string path, CancellationToken stop) => (await VisitAsync(path, stop)).MustBeThere().Html;

    /// <summary>What a browser shows for the path, whatever that is, after redirects to other pages of the shop.</summary>
    /// <exception cref="HttpRequestException">There was no answer.</exception>
    public async Task<Visit> VisitAsync(string path, CancellationToken stop)
    {
        for (var redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(shop.Root, path));
            using var answer = await SendAsync(request, stop);
            if (answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.SeeOther && redirects < 3)
            {
                var target = new Uri(shop.Root, answer.Headers.Location!);
                if (target.Authority != shop.Root.Authority) throw new HttpRequestException($"The shop leads to another site: {target}");
                path = target.PathAndQuery;
                continue;
            }
            return new Visit(answer.StatusCode, path, await answer.Content.ReadAsStringAsync(stop));
        }
    }

    public async Task<string> PostAsync(string path, HttpContent? content, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(shop.Root, path)) { Content = content };
        using var answer = await SendAsync(request, stop);
        if (!answer.IsSuccessStatusCode) throw new HttpRequestException($"POST {path} was answered {(int)answer.StatusCode}.", null, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(stop);
    }

    /// <summary>Opens the page and makes it live. Returns when the circuit is told to start; what the page shows comes later.</summary>
    public async Task<Circuit> OpenAsync(string path, CancellationToken stop) =>
        await FindAsync(path, stop) ?? throw new InvalidDataException($"{path} leads elsewhere.");

    /// <summary>The same; null when the shop leads to another page.</summary>
    public async Task<Circuit?> FindAsync(string path, CancellationToken stop)
    {
        var visit = (await VisitAsync(path, stop)).MustBeThere();
        if (visit.Path != path) return null;
        var html = PageHtml.Find(visit.Html) ?? throw new InvalidDataException($"{path} has nothing interactive.");
        return await Circuit.StartAsync(this, path, html, stop);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        if (cookies.Count > 0) request.Headers.Add("Cookie", Cookies);
        request.Headers.Add("Origin", shop.Origin);
        var answer = await shop.Http.SendAsync(request, stop);
        if (answer.Headers.TryGetValues("Set-Cookie", out var set))
        {
            foreach (var cookie in set)
            {
                var pair = cookie.Split(';')[0].Split('=', 2);
                cookies[pair[0]] = pair[1];
            }
        }
        return answer;
    }
}

/// <param name="Path">Where the redirects led.</param>
internal sealed record Visit(HttpStatusCode Status, string Path, string Html)
{
    /// <exception cref="HttpRequestException">It is something else than a page of the shop.</exception>
    public Visit MustBeThere() => Status == HttpStatusCode.OK ? this : throw new HttpRequestException($"GET {Path} was answered {(int)Status}.", null, Status);
}
