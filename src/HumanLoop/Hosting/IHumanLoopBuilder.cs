namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What <c>AddHumanLoop</c> returns, to choose a store and add workflows with.</summary>
public interface IHumanLoopBuilder
{
    /// <summary>The application's services.</summary>
    IServiceCollection Services { get; }
}
