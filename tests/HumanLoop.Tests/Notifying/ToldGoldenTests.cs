using HumanLoop.Journaling;
using HumanLoop.Notifying;
using HumanLoop.Tests.Journey;

namespace HumanLoop.Tests.Notifying;

/// <summary>Stored formats stay readable for ever: these files are never changed, only added to.</summary>
public class ToldGoldenTests
{
    [Fact]
    public void What_was_told_is_read_and_written_as_version_1() =>
        GoldenFile.Check("scorecard-told__v1.json", new() { TargetReached = true, GuardMissed = true }, NotifyingJsonContext.Default.ToldDocument);

    [Fact]
    public async Task What_a_newer_version_wrote_is_refused_by_name()
    {
        await using var loop = new TestLoop();
        var state = (IWorkflowState)loop.Store;
        await state.WriteAsync(TestLoop.Name, "scorecard-told", """{"version":2}""", 0);

        Assert.Contains("newer version", (await Assert.ThrowsAsync<StoreMismatchException>(() => new ToldStore(state).RecordAsync(TestLoop.Name, true, null, new(), CancellationToken.None))).Message, StringComparison.Ordinal);
    }
}
