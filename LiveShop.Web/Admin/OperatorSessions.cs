using LiveShop.Domain;

namespace LiveShop.Web.Admin;

/// <summary>Tells the open circuits of an operator that the session has ended, sooner than they would find out by asking.</summary>
internal sealed class OperatorSessions(IEventBus bus)
{
    public void End(string userId) => bus.Publish(new SessionsEnded(userId));

    public IDisposable Watch(string userId, Action ended) => bus.Subscribe(TopicOf(userId), _ =>
    {
        ended();
        return Task.CompletedTask;
    });

    private static Topic TopicOf(string userId) => new("operator:" + userId);

    private sealed record SessionsEnded(string UserId) : DomainEvent
    {
        public override Topic Topic => TopicOf(UserId);
    }
}
