namespace HumanLoop.Testing;

/// <summary>One promise of a contract as a test that any test framework can run.</summary>
/// <remarks>
/// With xunit, a store's conformance is a theory over the list:
/// <code>
/// public static IEnumerable&lt;object[]&gt; Cases =>
///     ReviewQueueConformance.Cases(clock => new(new MyQueue(clock))).Select(c => new object[] { c });
///
/// [Theory, MemberData(nameof(Cases))]
/// public Task Keeps_the_contract(ConformanceCase @case) => @case.RunAsync();
/// </code>
/// With NUnit the list is a <c>TestCaseSource</c>, with MSTest <c>DynamicData</c>. Cases share nothing and may run side by side.
/// </remarks>
public sealed class ConformanceCase
{
    private readonly Func<CancellationToken, Task> _run;

    internal ConformanceCase(string name, Func<CancellationToken, Task> run)
    {
        Name = name;
        _run = run;
    }

    /// <summary>What is promised, as a sentence.</summary>
    public string Name { get; }

    /// <summary>Checks it against a fresh instance.</summary>
    /// <param name="cancellationToken">Gives up between two steps.</param>
    /// <returns>When the promise was kept.</returns>
    /// <exception cref="ConformanceException">The promise was broken; the message says what was expected and what was found.</exception>
    public Task RunAsync(CancellationToken cancellationToken = default) => _run(cancellationToken);

    /// <summary>The name.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;
}
