using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Components;

namespace LiveShop.Web.Circuits;

/// <summary>By what route a page is known: the shortest of its own, with the names of its parameters instead of their values.</summary>
internal static class PageRoutes
{
    private static readonly ConcurrentDictionary<Type, string?> Known = [];

    /// <summary>Null for a component that is no page.</summary>
    public static string? Of(Type component) => Known.GetOrAdd(
        component, page => page.GetCustomAttributes<RouteAttribute>().Select(route => route.Template).MinBy(template => template.Length));
}
