using LiveShop.Domain;

namespace LiveShop.Web.Admin;

/// <summary>A search in the audit log as an address carries it, so that it can be shared and gone back to.</summary>
/// <param name="From">UTC, such as 2026-11-30T18:00; <paramref name="To"/> likewise.</param>
/// <param name="Sort">"oldest" for the oldest first; the newest come first otherwise.</param>
/// <param name="Past">The id of an entry; the page begins after it.</param>
internal sealed record AuditTerms(
    string? Text = null, string? Actor = null, string? Action = null, string? Subject = null, string? From = null, string? To = null, string? Sort = null, string? Past = null)
{
    public const int PageSize = 50;

    private const string Oldest = "oldest";

    public bool OldestFirst => Sort == Oldest;

    /// <summary>Whether it leaves any entry out.</summary>
    public bool IsFiltered => this with { Sort = null, Past = null } != new AuditTerms();

    /// <summary>Asks for one entry more than a page shows, which tells that there is another page.</summary>
    public AuditQuery Query => new(
        Text, Actor, AddressValues.ReadTime(From), AddressValues.ReadTime(To),
        BeforeId: OldestFirst ? null : AddressValues.ReadId(Past), PageSize + 1, Action, Subject,
        AfterId: OldestFirst ? AddressValues.ReadId(Past) : null, OldestFirst);

    public AuditTerms SortedAs(bool oldestFirst) => this with { Sort = oldestFirst ? Oldest : null, Past = null };

    public string In(string path) => AddressValues.In(
        path, ("text", Text), ("actor", Actor), ("action", Action), ("subject", Subject), ("from", From), ("to", To), ("sort", Sort), ("past", Past));
}
