namespace LiveShop.Web.Mail;

internal static class MailServices
{
    /// <summary>Sends what orders have left in the outbox, while the node runs.</summary>
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddSingleton<OrderMail>();
        services.AddSingleton(DeliveryTimeouts.Default);
        services.AddSingleton<MailDelivery>();
        return services.AddHostedService<MailWorker>();
    }
}
