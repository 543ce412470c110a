using LiveShop.Tests.Harness;
using LiveShop.Web.Engine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace LiveShop.Tests;

public sealed class LogBoostTests : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly LogBoost boost;
    private readonly ServiceProvider services;

    public LogBoostTests()
    {
        boost = new LogBoost(time);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Logging:LogLevel:Default", "Information"), new("Logging:LogLevel:LiveShop", "Warning")])
            .Add(boost).Build();
        services = new ServiceCollection()
            .AddLogging(logging => logging.AddConfiguration(configuration.GetSection("Logging")).AddProvider(new Listener())).BuildServiceProvider();
    }

    public void Dispose()
    {
        services.Dispose();
        boost.Dispose();
    }

    [Fact]
    public void The_shop_tells_everything_for_ten_minutes_and_then_what_it_told_before()
    {
        Assert.Equal(LogLevel.Warning, LevelOf("LiveShop.Domain.Checkout"));

        var until = boost.Raise();

        Assert.Equal(time.GetUtcNow() + TimeSpan.FromMinutes(10), until);
        Assert.Equal(LogLevel.Debug, LevelOf("LiveShop.Domain.Checkout"));
        Assert.Equal(LogLevel.Information, LevelOf("Microsoft.AspNetCore"));

        time.Advance(TimeSpan.FromMinutes(10));

        Assert.Null(boost.Until);
        Assert.Equal(LogLevel.Warning, LevelOf("LiveShop.Domain.Checkout"));
    }

    [Fact]
    public void Asked_for_again_it_lasts_ten_minutes_from_then()
    {
        boost.Raise();
        time.Advance(TimeSpan.FromMinutes(9));
        boost.Raise();

        time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(LogLevel.Debug, LevelOf("LiveShop.Web"));

        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(LogLevel.Warning, LevelOf("LiveShop.Web"));
    }

    private LogLevel LevelOf(string category)
    {
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(category);
        return Enum.GetValues<LogLevel>().First(logger.IsEnabled);
    }

    /// <summary>Hears whatever it is told.</summary>
    private sealed class Listener : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
        }

        public void Dispose()
        {
        }
    }
}
