namespace HumanLoop;

/// <summary>How people review.</summary>
public sealed class ReviewOptions
{
    /// <summary>How long a review may wait before it is overdue.</summary>
    /// <value>Positive; the default is 4 hours.</value>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromHours(4);

    /// <summary>What an overdue review does. It never touches the evidence.</summary>
    /// <value>The default is <see cref="WhenOverdue.Escalate"/>.</value>
    public WhenOverdue WhenOverdue { get; set; }

    /// <summary>Who is told of overdue reviews, in turn; after them the owner.</summary>
    /// <value>The default is the owner alone.</value>
    public IList<string> EscalateTo { get; } = [];

    /// <summary>How long a reviewer holds a review without a sign of life.</summary>
    /// <value>From 10 seconds to 1 day; the default is 10 minutes.</value>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many reviewers must find the same. Where two differ, the next person up decides.</summary>
    /// <value>From 1 to 10; the default is 1.</value>
    public int Reviewers { get; set; } = 1;

    /// <summary>How long a verdict can be taken back before it takes effect.</summary>
    /// <value>From 0 to 1 day; the default is 0.</value>
    public TimeSpan UndoWindow { get; set; }

    /// <summary>How many decisions may await a verdict; new work that needs one beyond is refused, never loosened.</summary>
    /// <value>Positive; the default, <see langword="null"/>, is no limit.</value>
    public int? MaxPending { get; set; }

    /// <summary>How long the oldest review may wait before people are seen not to keep up; what then happens to new work that needs a person,
    /// <see cref="WhenFull"/> says.</summary>
    /// <value>Positive; the default, <see langword="null"/>, is no limit.</value>
    public TimeSpan? MaxAge { get; set; }

    /// <summary>What a queue beyond <see cref="MaxPending"/> or <see cref="MaxAge"/> does. The owner is told in any case, and nothing is ever let through for
    /// it.</summary>
    /// <value>The default is <see cref="WhenFull.Refuse"/>.</value>
    public WhenFull WhenFull { get; set; }

    /// <summary>The share of checks shown without proposal, confidence, reason and route, hidden among about as many ordinary reviews shown so.</summary>
    /// <value>From 0 to 1; above 0 it needs <c>CountAsErrorWhen</c>. The default is 0.</value>
    public double BlindShare { get; set; }

    /// <summary>The reason codes of rejections that say that the proposal was right and the case was not.</summary>
    /// <value>The default is none.</value>
    public IList<string> ReasonsProposalWasRight { get; } = [];

    /// <summary>The reason codes that reviewers are offered, beside <see cref="ReasonsProposalWasRight"/>; the first nine have a key each.</summary>
    /// <value>At most 100 characters each; the default is none.</value>
    public IList<string> Reasons { get; } = [];

    /// <summary>What a reviewer should know to judge alike: shown beside every review of the workflow.</summary>
    /// <value>Plain text, lines kept; the default, <see langword="null"/>, is none.</value>
    public string? Guidelines { get; set; }

    /// <summary>Who may review, where an inbox asks: a person in one of these roles.</summary>
    /// <value>The default, empty, is everybody whom the inbox lets in.</value>
    public IList<string> Roles { get; } = [];
}
