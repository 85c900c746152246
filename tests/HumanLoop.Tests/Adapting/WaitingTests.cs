using HumanLoop.Adapting;
using HumanLoop.Journaling;
using HumanLoop.Observing;

namespace HumanLoop.Tests.Adapting;

/// <summary>Many decisions wait for their answers: they are stored in parts, and an answer writes what it changes.</summary>
public sealed class WaitingTests
{
    private const string Workflow = "refund";

    private static readonly ThresholdSettings Settings = new() { Policy = ThresholdControllers.RiskControlled, Goal = new() { MaxErrorRate = 0.05 } };

    private readonly InMemoryWorkflowState _state = new(new(), TimeProvider.System);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_is_stored_in_parts_and_read_back_learns_on_as_if_nothing_had_been(int seed)
    {
        var chance = new Random(seed);
        var whole = New();
        var parted = New();
        var unanswered = new List<int>();
        for (var i = 0; i < 12_000; i++)
        {
            // First they pile up, then they are answered in any order.
            if (i < 5_000)
            {
                unanswered.Add(i);
                Take(Routed(i));
            }
            else if (unanswered.Count > 0)
            {
                var next = chance.Next(3) == 0 ? 0 : chance.Next(unanswered.Count);
                Take(Judged(unanswered[next], i, wasRight: chance.Next(40) > 0));
                unanswered.RemoveAt(next);
            }

            if (i % 700 == 699)
            {
                await CommitAsync(parted);
                parted = await LoadAsync(toLearn: true);
            }
        }

        var (one, other) = (Assert.Single(whole.Groups), Assert.Single(parted.Groups));
        Assert.Equal(one.State.Save(), other.State.Save());
        Assert.Equal((one.Waiting, one.Watermark, one.LastPosition), (other.Waiting, other.Watermark, other.LastPosition));
        Assert.Empty(unanswered);
        Assert.Equal(0, one.Waiting);

        void Take(JournalRecord record)
        {
            whole.Apply(record);
            if (parted.Misses(record.Entry))
            {
                parted.Recall([Routed(int.Parse(record.Entry.DecisionId.Value, System.Globalization.CultureInfo.InvariantCulture))], record.Position);
            }

            parted.Apply(record);
        }
    }

    [Fact]
    public async Task An_answer_writes_no_more_than_the_part_that_it_changes()
    {
        var learning = New();
        for (var i = 0; i < 10_000; i++)
        {
            learning.Apply(Routed(i));
        }

        Assert.Equal(9, (await CommitAsync(learning)).Count(name => name.StartsWith("evidence/1/", StringComparison.Ordinal)));
        learning.Apply(Judged(0, 10_000));
        Assert.Equal(["learning", "evidence/1"], await CommitAsync(learning));
        learning.Apply(Judged(5_000, 10_001));
        Assert.Equal(["learning", "evidence/1", "evidence/1/4"], await CommitAsync(learning));
        Assert.InRange((await _state.ReadAsync(Workflow, "evidence/1"))!.Value.Length, 1, 64 * 1024);
    }

    [Fact]
    public async Task To_be_looked_at_it_comes_without_those_that_wait_and_with_their_number()
    {
        var learning = New();
        for (var i = 0; i < 5_000; i++)
        {
            learning.Apply(Routed(i));
        }

        learning.Apply(Judged(0, 5_000));
        await CommitAsync(learning);
        Assert.Equal(4_999, Assert.Single((await LoadAsync(toLearn: true)).Groups).Waiting);
        Assert.Equal(4_999, Assert.Single((await LoadAsync(toLearn: false)).Groups).Waiting);
    }

    [Fact]
    public async Task The_parts_of_what_was_answered_are_emptied_and_used_again()
    {
        var learning = New();
        var next = 0;
        for (var round = 0; round < 3; round++)
        {
            var first = next;
            while (next < first + 4_000)
            {
                learning.Apply(Routed(next++));
            }

            await CommitAsync(learning);
            for (var i = first; i < first + 4_000; i++)
            {
                learning.Apply(Judged(i, next++));
            }

            await CommitAsync(learning);
            learning = await LoadAsync(toLearn: true);
            Assert.All(Enumerable.Range(0, 3), number => Assert.Equal("", _state.ReadAsync(Workflow, $"evidence/1/{number}").Preserve().Result!.Value));
            Assert.Null(await _state.ReadAsync(Workflow, "evidence/1/3"));
        }
    }

    [Fact]
    public async Task Another_policy_leaves_no_parts_of_the_one_before()
    {
        var learning = New();
        for (var i = 0; i < 3_000; i++)
        {
            learning.Apply(Routed(i));
        }

        await CommitAsync(learning);
        learning.Apply(new(100_000, new ThresholdSettingsChanged { Workflow = Workflow, Settings = Settings with { Policy = ThresholdControllers.Streak, Streak = 60 } }));
        await CommitAsync(learning);
        Assert.Equal("", (await _state.ReadAsync(Workflow, "evidence/1/0"))!.Value);
        Assert.Equal(0, Assert.Single((await LoadAsync(toLearn: true)).Groups).Waiting);
    }

    private static WorkflowLearning New()
    {
        var learning = new WorkflowLearning(Workflow, Controller);
        learning.Apply(new(1, new ThresholdSettingsChanged { Workflow = Workflow, Settings = Settings }));
        return learning;
    }

    private static IThresholdController Controller(ThresholdSettings settings) => ThresholdControllers.Create(settings, own: null);

    private Task<WorkflowLearning> LoadAsync(bool toLearn) => new LearningStore(_state).LoadAsync(Workflow, Controller, toLearn, CancellationToken.None);

    private async Task<IEnumerable<string>> CommitAsync(WorkflowLearning learning)
    {
        var (documents, _) = learning.ToCommit(null, 0);
        Assert.True(await _state.WriteAsync(documents, []));
        learning.Committed();
        return documents.Select(document => document.Name);
    }

    private static JournalRecord Routed(int number) => new(number + 2, new DecisionRouted
    {
        Workflow = Workflow,
        DecisionId = $"{number}",
        Route = DecisionRoute.Review("below_threshold"),
        Confidence = number % 997 / 1_000.0,
        Threshold = Threshold.ReviewEverything,
        Eligible = true,
        Epoch = 1,
        ReviewProbability = ReviewProbability.Always,
        LowestProbability = ReviewProbability.Always,
        Fingerprint = "",
    });

    private static JournalRecord Judged(int number, int position, bool wasRight = true) => new(position + 2, new VerdictGiven
    {
        Workflow = Workflow,
        DecisionId = $"{number}",
        Verdict = new() { Kind = wasRight ? VerdictKind.Approved : VerdictKind.Rejected, Reviewer = "ann", WasRight = wasRight, At = DateTimeOffset.UnixEpoch },
        Effect = Effect.None,
    });
}
