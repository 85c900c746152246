namespace HumanLoop.Webhooks;

/// <summary>One webhook's outbox in the hands of the process that holds its lease: what is gathered, what is due, and what each answer changes. No clock and
/// no store.</summary>
internal sealed class Outbox(OutboxDocument document, long version)
{
    /// <summary>So many closed messages may wait; more gather instead, but for alarms.</summary>
    private const int MostClosed = 20;

    private const int MostMessages = 500;
    private const int MostReviews = 2_000;

    public OutboxDocument Document { get; private set; } = document;

    /// <summary>The version of what is stored.</summary>
    public long Version { get; private set; } = version;

    public bool IsDirty { get; private set; }

    /// <summary>Whether nothing more may be read from the journal until something is delivered.</summary>
    public bool IsFull => Document.Messages.Count >= MostMessages || Document.Messages.Sum(message => message.Reviews?.Count ?? 0) >= MostReviews;

    public void Committed()
    {
        Version++;
        IsDirty = false;
    }

    /// <summary>Everything up to a position of the journal was taken in.</summary>
    public void Pass(long position) => Set(Document with { Position = position });

    /// <summary>Adds what happened to the message that gathers its like, or begins one.</summary>
    public void Gather(WebhookMessage message, TimeSpan digest, int mostReviews, DateTimeOffset now)
    {
        if (Document.Messages.FirstOrDefault(one => one.Takes(message, mostReviews)) is not { } gathering)
        {
            Set(Document with { Messages = [.. Document.Messages, message with { Next = WebhookEvents.IsDigest(message.Type) ? now + digest : now }] });
            return;
        }

        IReadOnlyList<WebhookReview>? reviews = gathering.Reviews is { } already ? [.. already, .. message.Reviews ?? []] : null;
        Replace(gathering, gathering with { Count = gathering.Count + message.Count, Reviews = reviews, Next = reviews?.Count >= mostReviews ? now : gathering.Next });
    }

    /// <summary>The messages that may be closed now: gathered for long enough, and worth a try at this receiver.</summary>
    public IReadOnlyList<WebhookMessage> ToClose(DateTimeOffset now, bool quiet)
    {
        var room = MostClosed - Document.Messages.Count(message => message.IsClosed);
        var mayTry = Document.FailedAt is not { } failed || now >= failed + WebhookSchedule.Probe(Document.Failures);
        var urgent = Document.Messages.Where(message => !message.IsClosed && WebhookEvents.IsUrgent(message.Type));
        var others = quiet || !mayTry || room <= 0 ? [] : Document.Messages.Where(message => !message.IsClosed && !WebhookEvents.IsUrgent(message.Type) && message.Next <= now).Take(room);
        return [.. urgent, .. others];
    }

    /// <summary>The closed messages that are to be sent now, alarms and the oldest first.</summary>
    public IReadOnlyList<WebhookMessage> Due(DateTimeOffset now, bool quiet, int most) => Document.HeldUntil > now
        ? []
        : [.. Document.Messages.Where(message => message.IsClosed && message.Next <= now && (!quiet || WebhookEvents.IsUrgent(message.Type))).OrderByDescending(message => WebhookEvents.IsUrgent(message.Type)).ThenBy(message => message.Next).Take(most)];

    public void Replace(WebhookMessage old, params IReadOnlyList<WebhookMessage> now) =>
        Set(Document with { Messages = [.. Document.Messages.SelectMany(message => IsSame(message, old) ? now : [message])] });

    public void Delivered(WebhookMessage message, DateTimeOffset now)
    {
        Replace(message);
        var rest = Document.FailingSince is null ? Document.Messages : [.. Document.Messages.Select(one => one with { Next = one.IsClosed && one.Next > now ? now : one.Next })];
        Set(Document with { Messages = rest, DeliveredAt = now, FailingSince = null, FailedAt = null, Failures = 0, LastFailure = null, GivenUp = 0, HeldUntil = null });
    }

    /// <summary>Sets when a message is sent again, or gives it up.</summary>
    /// <returns>Whether it is given up.</returns>
    public bool Failed(WebhookMessage message, WebhookAnswer answer, DateTimeOffset now)
    {
        var failures = message.Failures + 1;
        var pause = WebhookSchedule.After(failures, message.Id!);
        Replace(message, pause is { } after ? [message with { Failures = failures, Next = now + (answer.RetryAfter is { } asked && asked > after ? asked : after) }] : []);
        Set(Document with
        {
            FailingSince = Document.FailingSince ?? now,
            FailedAt = now,
            Failures = Document.Failures + 1,
            LastFailure = answer.Failure,
            GivenUp = Document.GivenUp + (pause is null ? 1 : 0),
            HeldUntil = answer.RetryAfter is { } hold ? now + hold : Document.HeldUntil,
        });
        return pause is null;
    }

    /// <summary>The receiver wants no more messages; what waits is kept for an owner who enables it again.</summary>
    public void Disable(string url, DateTimeOffset now) => Set(Document with { DisabledAt = now, DisabledUrl = url, LastFailure = "410", FailingSince = Document.FailingSince ?? now, FailedAt = now, Failures = Document.Failures + 1 });

    /// <summary>An outbox as an owner leaves it who enables its webhook again: everything may be sent at once.</summary>
    public static OutboxDocument Enabled(OutboxDocument document, DateTimeOffset now) => document with
    {
        DisabledAt = null,
        DisabledUrl = null,
        FailingSince = null,
        FailedAt = null,
        Failures = 0,
        LastFailure = null,
        HeldUntil = null,
        Messages = [.. document.Messages.Select(message => message with { Failures = 0, Next = message.IsClosed ? now : message.Next })],
    };

    public void Enable(DateTimeOffset now) => Set(Enabled(Document, now));

    private static bool IsSame(WebhookMessage one, WebhookMessage other) => one.Id is { } id ? id == other.Id : ReferenceEquals(one, other);

    private void Set(OutboxDocument document)
    {
        Document = document;
        IsDirty = true;
    }
}
