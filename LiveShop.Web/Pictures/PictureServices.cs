namespace LiveShop.Web.Pictures;

internal static class PictureServices
{
    public static IServiceCollection AddPictures(this IServiceCollection services) => services
        .AddSingleton(_ => new PictureEncoder(PictureEncoder.MaxWait))
        .AddSingleton<UploadedPictures>();

    public static void MapPictures(this IEndpointRouteBuilder endpoints)
    {
        var uploaded = endpoints.ServiceProvider.GetRequiredService<UploadedPictures>();
        endpoints.MapGet("/pictures/{productId:int}/{revision}.svg", ProductPicture.ServeDrawn);
        endpoints.MapGet("/pictures/{productId:int}/{hash:length(64)}", uploaded.ServeAsync);
    }
}
