using System.Net;

namespace LiveShop.Load;

/// <summary>One shopper's browser: a cookie jar, over connections that all browsers of the process share.</summary>
internal sealed class Browser(ShopAddress shop)
{
    private readonly Dictionary<string, string> cookies = [];

    public ShopAddress Shop => shop;

    public string Cookies => string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));

    /// <summary>The page at the path, after redirects to other pages of the shop.</summary>
    /// <exception cref="HttpRequestException">For any answer but 200.</exception>
    public async Task<string> GetAsync(string path, CancellationToken stop)
    {
        for (var redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(shop.Root, path));
            using var answer = await SendAsync(request, stop);
            if (answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.SeeOther && redirects < 3)
            {
                path = answer.Headers.Location!.ToString();
                if (new Uri(shop.Root, path).Authority != shop.Root.Authority) throw new HttpRequestException($"The shop leads to another site: {path}");
                continue;
            }
            if (answer.StatusCode != HttpStatusCode.OK) throw new HttpRequestException($"GET {path} was answered {(int)answer.StatusCode}.", null, answer.StatusCode);
            return await answer.Content.ReadAsStringAsync(stop);
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
    public async Task<Circuit> OpenAsync(string path, CancellationToken stop)
    {
        var html = PageHtml.Find(await GetAsync(path, stop)) ?? throw new InvalidDataException($"{path} has nothing interactive.");
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
