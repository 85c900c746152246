using HumanLoop.Adapting;
using HumanLoop.Testing.Conformance;
using HumanLoop.Testing.Trials;

namespace HumanLoop.Testing;

/// <summary>What every <see cref="IThresholdController"/> promises, as cases for any test framework.</summary>
public static class ThresholdControllerConformance
{
    /// <summary>The cases. They ask nothing about how well a controller keeps to its goal, only that the loop can rely on it.</summary>
    /// <param name="create">Makes a controller; called more than once in a case, and each has to do as the others.</param>
    /// <returns>The cases.</returns>
    public static IReadOnlyList<ConformanceCase> Cases(Func<IThresholdController> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return [.. ControllerCases.All.Select(each => each.With(_ => new(new ControllerTrial(create))))];
    }
}
