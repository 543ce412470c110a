# The shop as an image; see docs/cluster.md.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
# The packages first, so that a change of the source finds them in the cache.
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY LiveShop.Domain/LiveShop.Domain.csproj LiveShop.Domain/packages.lock.json LiveShop.Domain/
COPY LiveShop.Web/LiveShop.Web.csproj LiveShop.Web/packages.lock.json LiveShop.Web/
RUN dotnet restore LiveShop.Web --locked-mode -p:Configuration=Release
COPY LiveShop.Domain LiveShop.Domain
COPY LiveShop.Web LiveShop.Web
RUN dotnet publish LiveShop.Web -c Release -o /app --no-restore

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
# Nothing is written but to the database.
USER $APP_UID
ENV ASPNETCORE_HTTP_PORTS=8080
EXPOSE 8080
# Drains the node. The default, but all that follows depends on it.
STOPSIGNAL SIGTERM
# So that `docker run IMAGE release 2` is the shop's command line.
ENTRYPOINT ["dotnet", "LiveShop.Web.dll"]
