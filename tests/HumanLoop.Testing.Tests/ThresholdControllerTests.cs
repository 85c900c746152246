using HumanLoop.Adapting;

namespace HumanLoop.Testing.Tests;

public sealed class ThresholdControllerTests
{
    private static readonly Dictionary<string, Func<IThresholdController>> Controllers = new()
    {
        ["risk-controlled"] = () => new RiskControlledThreshold(),
        ["fixed"] = () => new FixedThreshold(new(0.9)),
        ["streak"] = () => new StreakThreshold(20),
        ["wilson"] = () => new WilsonThreshold(200),
        ["cost-optimal"] = () => new CostOptimalThreshold(20, 1),
        ["cost-optimal, certified"] = () => new CertifiedCostThreshold(20, 1),
        ["own"] = () => new StepThreshold(),
    };

    private static readonly (Func<IThresholdController> Fault, string Promise)[] Guards =
    [
        (() => new Broken { StartsEarly = true }, "A state starts at the first epoch with its goal"),
        (() => new Broken { TakesAnyGoal = true }, "A goal that cannot be is refused"),
        (() => new Broken { KeepsTheOldGoal = true }, "A goal that cannot be is refused"),
        (() => new Broken { KeepsTheOldGoal = true }, "Another goal is in force at once"),
        (() => new Broken { TellsTheOldEpoch = true }, "A change says why for which goal and in which epoch"),
        (() => new Broken { TripsOverDamage = true }, "A damaged state is refused as such"),
        (() => new Broken { GuessesAtRandom = true }, "The same observations give the same states and changes"),
        (() => new Broken { ForgetsWhatWasForced = true }, "A stricter threshold is in force at once and until it is taken back"),
        (() => new Broken { ForgetsWhenLoaded = true }, "Saving and loading in the middle changes nothing"),
        (() => new Broken { RemembersInTheController = true }, "Two states do not influence each other"),
        (() => new Broken { CountsAnything = true }, "What is no evidence counts nowhere"),
        (() => new Broken { CountsAnything = true }, "Decisions of another epoch count nowhere"),
        (() => new Broken { TellsNoChange = true }, "Changes tell what was in force before and after"),
        (() => new Broken { ForcesAnything = true }, "A looser threshold needs leave and voids the promise"),
        (() => new Broken { IgnoresTheBound = true }, "The hard bound is kept"),
        (() => new Broken { LoosensOnArrival = true }, "An answer that only arrived loosens nothing"),
        (() => new Broken { LoosensOnRecount = true }, "Counting again loosens nothing"),
        (() => new Broken { NeverEnds = true }, "Another epoch begins when one ends"),
        (() => new Broken { LoadsAnything = true }, "What is no state is not loaded"),
        (() => new Broken { SavesALot = true }, "A state is small"),
    ];

    public static IEnumerable<object[]> Cases =>
        Controllers.SelectMany(controller => ThresholdControllerConformance.Cases(controller.Value).Select(each => new object[] { controller.Key, each }));

    public static IEnumerable<object[]> Faults => Enumerable.Range(0, Guards.Length).Select(i => new object[] { i, Guards[i].Promise });

    [Theory, MemberData(nameof(Cases))]
    public Task Every_controller_keeps_the_contract(string controller, ConformanceCase promise)
    {
        Assert.NotEmpty(controller);
        return promise.RunAsync();
    }

    [Theory, MemberData(nameof(Faults))]
    public async Task A_fault_turns_its_guard_red(int fault, string promise)
    {
        var guard = Assert.Single(ThresholdControllerConformance.Cases(Guards[fault].Fault), each => each.Name == promise);
        await Assert.ThrowsAsync<ConformanceException>(() => guard.RunAsync());
    }

    [Fact]
    public void Every_promise_has_a_fault_that_turns_it_red() =>
        Assert.Equal(
            ThresholdControllerConformance.Cases(() => new StepThreshold()).Select(each => each.Name).Order(StringComparer.Ordinal),
            Guards.Select(guard => guard.Promise).Distinct().Order(StringComparer.Ordinal));
}
