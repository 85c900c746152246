using System.Text.Json;
using HumanLoop.Journaling;

namespace HumanLoop.Adapting;

/// <summary>One threshold and the evidence behind it: of a whole workflow or of one segment, for one model.</summary>
/// <remarks>Pure: journal entries in, changes out. Not safe for concurrent use.</remarks>
internal sealed class EvidenceGroup
{
    private readonly Dictionary<string, HarmDetector> _segments = new(StringComparer.Ordinal);
    private readonly List<ThresholdChanged> _changes = [];
    private readonly EvidenceSequencer _sequencer;
    private readonly WaitingDocuments _documents;
    private readonly int _unread;
    private int _epoch;
    private int _changeCount;

    public EvidenceGroup(GroupDocument about, IThresholdController controller, ThresholdGoal goal)
        : this(about, controller, goal, new(about))
    {
    }

    private EvidenceGroup(GroupDocument about, IThresholdController controller, ThresholdGoal goal, WaitingDocuments documents)
    {
        About = about;
        _documents = documents;
        EpochSince = about.Since;
        _sequencer = new(controller, controller.Start(goal));
        _epoch = State.Epoch;
    }

    private EvidenceGroup(GroupDocument about, IThresholdController controller, StoredEvidence stored)
    {
        About = about;
        StoredVersion = stored.Version;
        _documents = new(about);
        var document = stored.Document;
        (LastPosition, EpochSince, EpochsBefore, _changeCount, ProposalId) = (document.LastPosition, document.EpochSince, document.EpochsBefore, document.Changes, document.ProposalId);
        IReadOnlyList<WaitingBlock> blocks = [];
        if (document.Aside is { } aside && stored.Aside is { } read)
        {
            _documents.Load(read.Select(one => one.Version), aside.Documents);
            blocks = [.. aside.Documents.Select(number => WaitingBlock.Load(read[number].Value, number))];
        }

        _sequencer = EvidenceSequencer.Load(controller, document.Evidence.GetRawText(), blocks, stored.Aside is null ? null : document.Aside?.Count);
        _unread = stored.Aside is null ? document.Aside!.Count - _sequencer.Waiting : 0;
        _epoch = State.Epoch;
        foreach (var (segment, statistics) in document.Segments)
        {
            statistics.CopyTo(DetectorOf(segment).Statistics, 0);
        }
    }

    /// <summary>What it is about, and since when.</summary>
    public GroupDocument About { get; }

    /// <summary>The position at which the present epoch began.</summary>
    public long EpochSince { get; private set; }

    /// <summary>By how much the epochs that decisions record are ahead of the controller's: a controller that takes over begins anew at 1.</summary>
    public int EpochsBefore { get; private set; }

    /// <summary>The proposal that waits for the owner.</summary>
    public string? ProposalId { get; private set; }

    /// <summary>Whether changes wait to be taken and committed.</summary>
    public bool HasChanges => _changes.Count > 0;

    /// <summary>Whether there is something to save.</summary>
    public bool IsDirty { get; private set; }

    /// <summary>Whether a verdict was corrected so that everything has to be counted again before anything else.</summary>
    public bool NeedsRecount { get; private set; }

    /// <summary>When a record last concerned it, as a position of the journal.</summary>
    public long LastPosition { get; private set; }

    /// <summary>The version of its document in the store; 0 before the first save.</summary>
    public long StoredVersion { get; private set; }

    public ThresholdState State => _sequencer.State;

    /// <summary>The epoch that decisions are to record now.</summary>
    public int Epoch => State.Epoch + EpochsBefore;

    /// <summary>The oldest decision that waits for its answer.</summary>
    public long? Watermark => _sequencer.Watermark;

    public int Waiting => _sequencer.Waiting + _unread;

    /// <exception cref="FormatException">It cannot be read.</exception>
    public static EvidenceGroup Load(GroupDocument about, IThresholdController controller, StoredEvidence stored) => new(about, controller, stored);

    /// <summary>The documents to write: its own, and those of what waits that have changed.</summary>
    public IReadOnlyList<StateWrite> ToCommit(string workflow)
    {
        var aside = _documents.ToCommit(workflow, _sequencer.Blocks);
        return [new(workflow, About.Document, Save(), StoredVersion), .. aside];
    }

    /// <summary>What has to be written when it has gone.</summary>
    public IReadOnlyList<StateWrite> ToErase(string workflow) => [new(workflow, About.Document, "", StoredVersion), .. _documents.ToCommit(workflow, [])];

    public string Save()
    {
        var aside = _sequencer.Blocks.Where(block => block.Document is not null);
        using var evidence = JsonDocument.Parse(_sequencer.Save(_sequencer.Blocks.Except(aside)));
        return JsonSerializer.Serialize(
            new EvidenceDocument
            {
                LastPosition = LastPosition,
                EpochSince = EpochSince,
                EpochsBefore = EpochsBefore,
                Changes = _changeCount,
                ProposalId = ProposalId,
                Segments = _segments.ToDictionary(pair => pair.Key, pair => pair.Value.Statistics),
                Aside = _documents.Count == 0 ? null : new(Waiting, [.. aside.Select(block => block.Document!.Value)], _documents.Count),
                Evidence = evidence.RootElement,
            },
            AdaptingJsonContext.Default.EvidenceDocument);
    }

    /// <summary>What was read of a decision, as its evidence sees it.</summary>
    public ReviewedDecision Seen(long position, DecisionRouted routed) => new()
    {
        Sequence = position,
        Epoch = routed.Epoch - EpochsBefore,
        Confidence = routed.Confidence,
        IsEligible = routed.Eligible,
        IsDrawn = routed.IsDrawn,
        IsStraightThrough = routed.Route.ActsAtOnce,
        ReviewProbability = routed.ReviewProbability,
        LowestProbability = routed.LowestProbability,
    };

    /// <summary>Whether a decision is evidence of the present epoch.</summary>
    public bool Counts(in ReviewedDecision decision) => decision.IsEvidence && decision.Epoch == State.Epoch;

    public void Made(long position, in ReviewedDecision decision) => Take(position, _sequencer.Made(decision));

    /// <summary>An answer came, changed or is overdue.</summary>
    /// <returns>Whether the checks of its segment alone give the alarm, so that the segment has to be split off.</returns>
    public bool Answered(long position, in ReviewedDecision decision, string? watchedSegment, OutcomeStanding before, OutcomeStanding now)
    {
        var alarms = watchedSegment is not null && Watch(watchedSegment, decision, before, now);
        Take(position, _sequencer.Answered(decision, before, now));
        return alarms;
    }

    /// <summary>The owner decided: another goal, a forced threshold, a word on a proposal.</summary>
    public void Observe(long position, in ThresholdObservation observation) => Take(position, _sequencer.Observe(observation));

    /// <summary>An outcome from before the library was there.</summary>
    public void Import(long position, Confidence confidence, bool wasRight)
    {
        var decision = new ReviewedDecision { Sequence = position, Epoch = State.Epoch, Confidence = confidence, IsEligible = true, IsDrawn = true };
        Take(position, _sequencer.Observe(ThresholdObservation.DecisionRecorded(decision)));
        Take(position, _sequencer.Observe(ThresholdObservation.OutcomeCounted(decision, wasRight)));
    }

    /// <summary>Begins with bets chosen from history, while nothing has been seen yet.</summary>
    public void BeginWithPrior(long position, IEnumerable<(Confidence Confidence, bool WasRight)> history)
    {
        if (State is RiskControlledState { Decisions: 0 } fresh && Waiting == 0)
        {
            fresh.BeginWith(BetPrior.FromHistory(history));
            Moved(position);
        }
    }

    /// <summary>Another policy takes over: nothing of the old one's evidence is its own.</summary>
    public EvidenceGroup TakeOver(long position, IThresholdController controller, ThresholdGoal goal)
    {
        var successor = new EvidenceGroup(About, controller, goal, _documents)
        {
            EpochsBefore = Epoch,
            EpochSince = position,
            _changeCount = _changeCount,
            StoredVersion = StoredVersion,
        };
        successor._changes.AddRange(_changes);
        successor.Moved(position);
        successor.Record(new()
        {
            From = State.Threshold,
            To = successor.State.Threshold,
            Reason = ThresholdReasons.NewGoal,
            Evidence = State.Evidence,
            Goal = goal,
            Epoch = successor.Epoch,
            Sequence = position,
        });
        return successor;
    }

    /// <summary>Counts the epoch again.</summary>
    public void Recount(IEnumerable<ThresholdObservation> counted)
    {
        NeedsRecount = false;
        Take(LastPosition, _sequencer.Recount(counted));
    }

    /// <summary>Puts a change on record that this group began with.</summary>
    public void BeganFrom(Threshold before, string reason, ThresholdEvidence evidence)
    {
        if (State.Threshold != before)
        {
            Record(new()
            {
                From = before,
                To = State.Threshold,
                Reason = reason,
                Evidence = evidence,
                Goal = State.Goal,
                Epoch = Epoch,
                Sequence = About.Since,
            });
        }
    }

    /// <summary>The changes since the last commit, to be committed with <see cref="Save"/>.</summary>
    public IReadOnlyList<ThresholdChanged> Changes => _changes;

    /// <summary>What <see cref="ToCommit"/> gave is committed.</summary>
    public void Committed()
    {
        StoredVersion++;
        _documents.Committed();
        IsDirty = false;
        _changes.Clear();
    }

    private bool Watch(string segment, in ReviewedDecision decision, OutcomeStanding before, OutcomeStanding now)
    {
        if (!Counts(decision) || !decision.IsStraightThrough || now == OutcomeStanding.Overdue || before is OutcomeStanding.Right or OutcomeStanding.Wrong || State.Threshold.IsReviewEverything)
        {
            return false;
        }

        var detector = DetectorOf(segment);
        detector.Observe(now == OutcomeStanding.Wrong);
        IsDirty = true;
        return detector.Alarms && _segments.Remove(segment);
    }

    private HarmDetector DetectorOf(string segment)
    {
        if (!_segments.TryGetValue(segment, out var detector))
        {
            _segments[segment] = detector = new(State.Goal.TestedErrorRate, State.Goal.FalseAlarmEvery);
        }

        return detector;
    }

    private void Take(long position, in EvidenceStep step)
    {
        Moved(position);
        NeedsRecount |= step.NeedsRecount;
        if (State.Epoch != _epoch)
        {
            (_epoch, EpochSince) = (State.Epoch, position);
            _segments.Clear();
        }

        foreach (var change in step.Changes)
        {
            Record(change with { Epoch = change.Epoch + EpochsBefore });
        }
    }

    private void Moved(long position)
    {
        LastPosition = position;
        IsDirty = true;
    }

    private void Record(ThresholdChange change)
    {
        var id = $"{About.Number}-{++_changeCount}";
        ProposalId = change is { IsProposal: true, Reason: ThresholdReasons.Earned } ? id : null;
        _changes.Add(new() { ChangeId = id, Segment = About.IsOwn ? About.Segment : null, Model = About.Model, Change = change, Actor = change.Actor });
        IsDirty = true;
    }
}
