using LiveShop.Domain;
using LiveShop.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveShop.Tests;

public sealed class InProcessEventBusTests : EventBusContract
{
    protected override IEventBus Bus { get; } = new InProcessEventBus(NullLogger<InProcessEventBus>.Instance, Some.Meter);
}
