using System.Text.Json;
using HumanLoop.Journaling;

namespace HumanLoop.Adapting;

/// <summary>How one workflow's thresholds follow from its journal: a fold, so that reading it again gives the same.</summary>
/// <remarks>
/// Every model has evidence of its own, for its confidence is another score: two models beside each other, or an old one that comes
/// back, find what they earned. So has a segment that was added after the beginning, or whose own checks gave the alarm.
/// Pure: its caller reads the journal and saves. Not safe for concurrent use.
/// </remarks>
internal sealed class WorkflowLearning
{
    private const int MostOpen = 100_000;

    private readonly Dictionary<DecisionId, Open> _open = [];
    private readonly EvidenceGroups _groups;

    public WorkflowLearning(string workflow, Func<ThresholdSettings, IThresholdController> controllers)
        : this(workflow, new EvidenceGroups(controllers))
    {
    }

    private WorkflowLearning(string workflow, EvidenceGroups groups)
    {
        Workflow = workflow;
        _groups = groups;
    }

    public string Workflow { get; }

    /// <summary>The settings in force; null before the journal has told them.</summary>
    public ThresholdSettings? Settings { get; private set; }

    /// <summary>Everything up to here has been taken in.</summary>
    public long Position { get; private set; }

    public IReadOnlyList<EvidenceGroup> Groups => _groups.All;

    /// <summary>Whether anything is not stored yet.</summary>
    public bool IsDirty => _groups.IsDirty || _groups.All.Any(group => group.IsDirty);

    /// <summary>Segments or models that were turned away because there are too many: their decisions are reviewed and learnt nothing from.</summary>
    public bool HasTurnedAway => _groups.HasTurnedAway;

    /// <summary>The version of the list's own document in the store; 0 before the first save.</summary>
    public long StoredVersion { get; private set; }

    /// <summary>Whether a threshold moved or a group came or went, which is to be committed before anything else is read.</summary>
    public bool IsUrgent => _groups.IsDirty || _groups.All.Any(group => group.HasChanges);

    /// <summary>The group whose epoch has to be counted again before anything else.</summary>
    public EvidenceGroup? ToRecount => _groups.All.FirstOrDefault(group => group.NeedsRecount);

    /// <summary>Continues what was stored.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="document">The list.</param>
    /// <param name="version">Its version in the store.</param>
    /// <param name="stored">The documents of its groups, in their order.</param>
    /// <param name="controllers">Makes the controllers.</param>
    /// <exception cref="FormatException">A document is of a newer version of the library.</exception>
    public static WorkflowLearning Load(string workflow, LearningDocument document, long version, IReadOnlyList<StoredEvidence> stored, Func<ThresholdSettings, IThresholdController> controllers) =>
        new(workflow, EvidenceGroups.Load(document, stored, controllers)) { Settings = document.Settings, Position = document.Position, StoredVersion = version };

    /// <summary>The changes since the last commit.</summary>
    public IEnumerable<ThresholdChanged> Changes => _groups.All.Concat(_groups.Gone).SelectMany(group => group.Changes).Select(change => change with { Workflow = Workflow });

    /// <summary>What one commit has to write: the list, the groups that moved, those that went, and what routers read.</summary>
    /// <param name="published">What <see cref="Published"/> gave; null to leave it as it is.</param>
    /// <param name="publishedVersion">The version of the <see cref="ThresholdsDocument"/> in the store.</param>
    public (IReadOnlyList<StateWrite> Documents, IReadOnlyList<JournalEntry> Entries) ToCommit(string? published, long publishedVersion)
    {
        var list = JsonSerializer.Serialize(_groups.Save(Position, Settings), AdaptingJsonContext.Default.LearningDocument);
        var documents = new List<StateWrite> { new(Workflow, LearningDocument.Name, list, StoredVersion) };
        documents.AddRange(_groups.All.Where(group => group.IsDirty).SelectMany(group => group.ToCommit(Workflow)));
        documents.AddRange(_groups.Gone.Where(group => group.StoredVersion > 0).SelectMany(group => group.ToErase(Workflow)));
        if (published is not null)
        {
            documents.Add(new(Workflow, ThresholdsDocument.Name, published, publishedVersion));
        }

        return (documents, [.. Changes]);
    }

    /// <summary>What <see cref="ToCommit"/> gave is committed.</summary>
    public void Committed()
    {
        StoredVersion++;
        _groups.Committed();
    }

    /// <summary>Whether the decision's own journal has to be handed to <see cref="Recall"/> before this entry is taken in.</summary>
    public bool Misses(JournalEntry entry) => Settings is not null && OutcomeFold.Concerns(entry) && !_open.ContainsKey(entry.DecisionId);

    /// <summary>Learns again what is known of a decision, from its own journal before the record that comes next.</summary>
    public void Recall(IEnumerable<JournalRecord> stream, long before)
    {
        Open? open = null;
        foreach (var record in stream.Where(record => record.Position < before))
        {
            if (record.Entry is DecisionRouted routed)
            {
                open = OpenOf(record.Position, routed);
            }
            else
            {
                open?.Trail.Apply(record.Entry);
            }
        }

        if (open is not null)
        {
            _open[open.Id] = open;
        }
    }

    /// <summary>Takes the next record in.</summary>
    public void Apply(JournalRecord record)
    {
        var (position, entry) = record;
        if (position <= Position)
        {
            return;
        }

        switch (entry)
        {
            case ThresholdSettingsChanged changed:
                Set(position, changed.Settings);
                break;
            case DecisionRouted { Golden: not null }:
                // It tells of the reviewers, not of the AI.
                break;
            case DecisionRouted routed when Settings is not null:
                Made(position, routed);
                break;
            case ThresholdForced forced:
                Force(position, forced);
                break;
            case LooseningAnswered answer:
                Answer(position, answer);
                break;
            case EvidenceImported imported when Settings is not null:
                _groups.FindOrAdd(position, Settings, imported.Segment, imported.Model)?.Import(position, imported.Confidence, imported.WasRight);
                break;
            case PriorImported imported when Settings is not null:
                _groups.FindOrAdd(position, Settings, imported.Segment, imported.Model)
                    ?.BeginWithPrior(position, imported.Confidences.Zip(imported.WereRight, (confidence, right) => ((Confidence)confidence, right)));
                break;
            default:
                Answered(position, entry);
                break;
        }

        Position = position;
    }

    /// <summary>Says that nothing up to a position concerns this workflow.</summary>
    public void Pass(long position) => Position = Math.Max(Position, position);

    /// <summary>The observations that <see cref="EvidenceGroup.Recount"/> needs, from the journal of the group's epoch.</summary>
    public static IEnumerable<ThresholdObservation> Counted(EvidenceGroup group, IEnumerable<JournalRecord> epoch)
    {
        var before = group.Watermark ?? long.MaxValue;
        var decisions = new Dictionary<DecisionId, Open>();
        var imported = new List<ThresholdObservation>();
        foreach (var (position, entry) in epoch)
        {
            if (entry is DecisionRouted routed)
            {
                if (position < before && IsOf(group, routed) && group.Seen(position, routed) is var decision && group.Counts(decision))
                {
                    decisions[routed.DecisionId] = new(routed.DecisionId, group, decision, routed.Segment);
                }
            }
            else if (entry is EvidenceImported known && known.Model == group.About.Model && (!group.About.IsOwn || known.Segment == group.About.Segment))
            {
                var seen = new ReviewedDecision { Sequence = position, Epoch = group.State.Epoch, Confidence = known.Confidence, IsEligible = true, IsDrawn = true };
                imported.Add(ThresholdObservation.OutcomeCounted(seen, known.WasRight));
            }
            else if (decisions.TryGetValue(entry.DecisionId, out var open))
            {
                open.Trail.Apply(entry);
            }
        }

        return decisions.Values
            .Where(open => open.Trail.Standing != OutcomeStanding.Unknown)
            .Select(open => ThresholdObservation.OutcomeCounted(open.Decision, open.Trail.Standing == OutcomeStanding.Right, open.Trail.Standing == OutcomeStanding.Overdue))
            .Concat(imported)
            .OrderBy(observation => observation.Decision.Sequence);
    }

    /// <summary>What routers need to know, as it is stored.</summary>
    public string Published() => JsonSerializer.Serialize(Publish(), AdaptingJsonContext.Default.ThresholdsDocument);

    /// <summary>What routers need to know.</summary>
    public ThresholdsDocument Publish() => ThresholdPublication.Of(Settings!, _groups);

    private void Set(long position, ThresholdSettings settings)
    {
        var before = Settings;
        Settings = settings;
        if (before is null)
        {
            _groups.Begin(settings);
        }
        else if (_groups.Follow(position, before, settings))
        {
            _open.Clear();
        }
    }

    private void Made(long position, DecisionRouted routed)
    {
        if ((_groups.Find(routed) ?? (routed.Eligible ? _groups.Add(position, Settings!, routed.OwnEvidence, routed.Segment, routed.Model) : null)) is not { } group)
        {
            return;
        }

        var decision = group.Seen(position, routed);
        group.Made(position, decision);
        if (group.Counts(decision) && _open.Count < MostOpen)
        {
            _open[routed.DecisionId] = new(routed.DecisionId, group, decision, routed.Segment);
        }
    }

    private void Answered(long position, JournalEntry entry)
    {
        if (!OutcomeFold.Concerns(entry) || !_open.TryGetValue(entry.DecisionId, out var open))
        {
            return;
        }

        var before = open.Trail.Standing;
        if (open.Trail.Apply(entry))
        {
            // The group may have been taken over meanwhile.
            if (_groups.Find(open.Group.About.Number) is { } group
                && group.Answered(position, open.Decision, SharesThreshold(group) ? open.Segment : null, before, open.Trail.Standing))
            {
                _groups.SplitOff(position, Settings!, group, open.Segment!);
            }
        }

        if (open.Trail.IsAnswered)
        {
            _open.Remove(entry.DecisionId);
        }
    }

    private static bool SharesThreshold(EvidenceGroup group) => !group.About.IsOwn && group.State is RiskControlledState;

    private void Force(long position, ThresholdForced forced)
    {
        foreach (var group in _groups.All.Where(group => forced.Segment is null || group.About.Segment == forced.Segment))
        {
            group.Observe(position, ThresholdObservation.Force(forced.Released ? null : forced.Threshold, forced.Actor ?? "", forced.MayVoidGuarantee));
        }
    }

    private void Answer(long position, LooseningAnswered answer)
    {
        if (_groups.All.FirstOrDefault(group => group.ProposalId == answer.ChangeId) is { } group)
        {
            group.Observe(position, answer.Approved ? ThresholdObservation.Approve(answer.Actor ?? "") : ThresholdObservation.Reject(answer.Actor ?? ""));
        }
    }

    private static bool IsOf(EvidenceGroup group, DecisionRouted routed) =>
        routed.OwnEvidence == group.About.IsOwn && routed.Model == group.About.Model && (!group.About.IsOwn || routed.Segment == group.About.Segment);

    private Open? OpenOf(long position, DecisionRouted routed)
    {
        if (_groups.Find(routed) is not { } group)
        {
            return null;
        }

        var decision = group.Seen(position, routed);
        return group.Counts(decision) ? new(routed.DecisionId, group, decision, routed.Segment) : null;
    }

    /// <summary>A decision whose answer is not final. The trail is mutable in place.</summary>
    private sealed class Open(DecisionId id, EvidenceGroup group, ReviewedDecision decision, string? segment)
    {
        public OutcomeFold Trail;

        public DecisionId Id => id;

        public EvidenceGroup Group => group;

        public ReviewedDecision Decision => decision;

        public string? Segment => segment;
    }
}
