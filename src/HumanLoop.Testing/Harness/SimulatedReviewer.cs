namespace HumanLoop.Testing;

/// <summary>A person who works at the review desk: knows the answer, needs a while for it, and is sometimes wrong.</summary>
/// <remarks>One person does one thing at a time; run several for a team. The same seed gives the same pace and the same mistakes for the same
/// reviews.</remarks>
public sealed class SimulatedReviewer
{
    private readonly IReviewDesk _desk;
    private readonly string _name;
    private readonly Func<Review, Verdict> _answer;
    private readonly TimeProvider _clock;
    private readonly Random _random;
    private int _decided;
    private int _mistakes;
    private int _lost;

    /// <summary>Makes a reviewer.</summary>
    /// <param name="desk">Where they work.</param>
    /// <param name="name">Who they are.</param>
    /// <param name="answer">The right verdict on a review, from the truth that the test knows.</param>
    /// <param name="clock">The clock that their pace is measured by.</param>
    /// <param name="seed">Chooses pace and mistakes.</param>
    public SimulatedReviewer(IReviewDesk desk, string name, Func<Review, Verdict> answer, TimeProvider clock, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(desk);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(clock);
        _desk = desk;
        _name = name;
        _answer = answer;
        _clock = clock;
        _random = new(seed);
    }

    /// <summary>Which reviews they take.</summary>
    /// <value>The default is any, one at a time.</value>
    public ReviewClaim Claim { get; init; } = new();

    /// <summary>How long a review takes on average. Single reviews take longer or shorter: the times are exponentially distributed, up to ten times the
    /// mean.</summary>
    /// <value>Not negative; the default is no time at all.</value>
    public TimeSpan HandlingTime { get; init; }

    /// <summary>The share of their verdicts that are wrong.</summary>
    /// <value>A fraction in [0, 1]; the default is 0.</value>
    public double ErrorRate { get; init; }

    /// <summary>What a mistake looks like, given the review and the right verdict.</summary>
    /// <value>By default a right proposal is rejected, and anything else approved.</value>
    public Func<Review, Verdict, Verdict> Mistake { get; init; } = static (_, right) => right is Verdict.Approved ? new Verdict.Rejected() : new Verdict.Approved();

    /// <summary>How long they wait before looking again at an empty queue.</summary>
    /// <value>The default is 1 second.</value>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many of their verdicts were applied.</summary>
    public int Decided => Volatile.Read(ref _decided);

    /// <summary>How many of those were mistakes.</summary>
    public int Mistakes => Volatile.Read(ref _mistakes);

    /// <summary>How many verdicts came too late: the lease was lost, or somebody else had decided.</summary>
    public int Lost => Volatile.Read(ref _lost);

    /// <summary>Works until cancelled.</summary>
    /// <param name="cancellationToken">The end of the working day; a review under way is given back when its lease ends.</param>
    /// <returns>When the day has ended.</returns>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (await WorkAsync(cancellationToken).ConfigureAwait(false) == 0)
                {
                    await Task.Delay(Pause, _clock, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Works until there is nothing left to claim.</summary>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <returns>How many reviews were claimed.</returns>
    public async Task<int> EmptyQueueAsync(CancellationToken cancellationToken = default)
    {
        var all = 0;
        while (await WorkAsync(cancellationToken).ConfigureAwait(false) is > 0 and var claimed)
        {
            all += claimed;
        }

        return all;
    }

    private async Task<int> WorkAsync(CancellationToken cancellationToken)
    {
        var claimed = await _desk.ClaimAsync(Claim, _name, cancellationToken).ConfigureAwait(false);
        foreach (var review in claimed)
        {
            // Drawn before the pause, so that the order of other people's work does not change this one's.
            var (pace, luck) = (_random.NextDouble(), _random.NextDouble());
            if (HandlingTime > TimeSpan.Zero)
            {
                await Task.Delay(HandlingTime * Math.Min(-Math.Log(1 - pace), 10), _clock, cancellationToken).ConfigureAwait(false);
            }

            var right = _answer(review);
            var verdict = luck < ErrorRate ? Mistake(review, right) : right;
            var result = verdict is Verdict.Abstained
                ? await _desk.AbstainAsync(review.Id, review.Revision, _name, cancellationToken).ConfigureAwait(false)
                : await _desk.DecideAsync(review.Id, review.Revision, verdict, _name, cancellationToken).ConfigureAwait(false);
            if (!result.IsApplied)
            {
                Interlocked.Increment(ref _lost);
                continue;
            }

            Interlocked.Increment(ref _decided);
            Interlocked.Add(ref _mistakes, luck < ErrorRate ? 1 : 0);
        }

        return claimed.Count;
    }
}
