using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.Hosting;

/// <summary>The builder over an application's services.</summary>
internal sealed class HumanLoopBuilder(IServiceCollection services) : IHumanLoopBuilder
{
    public IServiceCollection Services { get; } = services;
}
