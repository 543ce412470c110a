using LiveShop.Domain;

namespace LiveShop.Web.Admin;

/// <summary>Tells the open circuits of an operator that sessions have ended, sooner than they would find out by asking.</summary>
internal sealed class OperatorSessions(IEventBus bus)
{
    /// <summary>
    /// Tells it when the response is out: the browser that asked gets its new cookie before a page of it can be led to the login.
    /// </summary>
    public void EndAfter(HttpResponse response, string userId) => response.OnCompleted(() =>
    {
        bus.Publish(new SessionsEnded(userId));
        return Task.CompletedTask;
    });

    /// <param name="ended">Called when some of the operator's sessions have ended; which ones, the database knows.</param>
    public IDisposable Watch(string userId, Func<Task> ended) => bus.Subscribe(SessionsEnded.Of(userId), _ => ended());
}

internal sealed record SessionsEnded(string UserId) : DomainEvent
{
    public override Topic Topic => Of(UserId);

    public static Topic Of(string userId) => new("operator:" + userId);
}
