namespace HumanLoop.Reporting;

/// <summary>What one reviewer did. Not safe for concurrent use.</summary>
internal sealed class ReviewerTally
{
    /// <summary>An answer given sooner than this was hardly read.</summary>
    public const double QuickSeconds = 2;

    public long Answers { get; set; }

    /// <summary>Answers that found the AI right.</summary>
    public long Agreed { get; set; }

    public long Abstained { get; set; }

    /// <summary>Timed answers given in less than <see cref="QuickSeconds"/>.</summary>
    public long Quick { get; private set; }

    /// <summary>Items with a known answer that were wrong, and how many of these were passed as right.</summary>
    public long KnownWrong { get; private set; }

    public long Missed { get; private set; }

    /// <summary>Items with a known answer that were right, and how many of these were called wrong.</summary>
    public long KnownRight { get; private set; }

    public long FalseAlarms { get; private set; }

    public DurationHistogram Handling { get; private init; } = new();

    public DateTimeOffset LastAnswerAt { get; set; }

    public void Took(double seconds)
    {
        Handling.Add(seconds);
        Quick += seconds < QuickSeconds ? 1 : 0;
    }

    /// <summary>An answer to an item whose right answer is known; with −1, one that was taken back.</summary>
    public void Answered(bool isRight, bool foundRight, int times = 1)
    {
        if (isRight)
        {
            KnownRight += times;
            FalseAlarms += foundRight ? 0 : times;
        }
        else
        {
            KnownWrong += times;
            Missed += foundRight ? times : 0;
        }
    }

    public TallyDocument.ReviewerDocument ToDocument() => new(Answers, Agreed, Abstained, Quick, KnownWrong, Missed, KnownRight, FalseAlarms, LastAnswerAt, Handling.ToArray());

    public static ReviewerTally Of(TallyDocument.ReviewerDocument stored) => new()
    {
        Answers = stored.Answers,
        Agreed = stored.Agreed,
        Abstained = stored.Abstained,
        Quick = stored.Quick,
        KnownWrong = stored.KnownWrong,
        Missed = stored.Missed,
        KnownRight = stored.KnownRight,
        FalseAlarms = stored.FalseAlarms,
        LastAnswerAt = stored.LastAnswerAt,
        Handling = new(stored.Handling),
    };
}
