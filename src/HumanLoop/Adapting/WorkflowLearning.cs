using System.Text.Json;
using HumanLoop.Observing;
using HumanLoop.Routing;

namespace HumanLoop.Adapting;

/// <summary>How one workflow's thresholds follow from its journal: a fold, so that reading it again gives the same.</summary>
/// <remarks>
/// Every model has evidence of its own, for its confidence is another score: two models beside each other, or an old one that comes
/// back, find what they earned. So has a segment that was added after the beginning, or whose own checks gave the alarm.
/// Pure: whoever drives it reads the journal and saves. Not safe for concurrent use.
/// </remarks>
internal sealed class WorkflowLearning
{
    private const int MostModels = 8;
    private const int MostSegments = 256;
    private const int MostOpen = 100_000;

    private readonly Func<ThresholdSettings, IThresholdController> _controllers;
    private readonly List<EvidenceGroup> _groups = [];
    private readonly HashSet<string> _split = new(StringComparer.Ordinal);
    private readonly Dictionary<DecisionId, Open> _open = [];
    private IReadOnlyList<string>? _founders;
    private readonly List<EvidenceGroup> _gone = [];
    private int _lastNumber;
    private bool _isListDirty;

    public WorkflowLearning(string workflow, Func<ThresholdSettings, IThresholdController> controllers)
    {
        Workflow = workflow;
        _controllers = controllers;
    }

    public string Workflow { get; }

    /// <summary>The settings in force; null before the journal has told them.</summary>
    public ThresholdSettings? Settings { get; private set; }

    /// <summary>Everything up to here has been taken in.</summary>
    public long Position { get; private set; }

    public IReadOnlyList<EvidenceGroup> Groups => _groups;

    /// <summary>Whether anything is not stored yet.</summary>
    public bool IsDirty => _isListDirty || _groups.Exists(group => group.IsDirty);

    /// <summary>Segments or models that were turned away because there are too many: their decisions are reviewed and learnt nothing from.</summary>
    public bool HasTurnedAway { get; private set; }

    /// <summary>The version of the list's own document in the store; 0 before the first save.</summary>
    public long StoredVersion { get; private set; }

    /// <summary>Whether a threshold moved or a group came or went, which is to be committed before anything else is read.</summary>
    public bool IsUrgent => _isListDirty || _groups.Exists(group => group.HasChanges);

    /// <summary>The group whose epoch has to be counted again before anything else.</summary>
    public EvidenceGroup? ToRecount => _groups.Find(group => group.NeedsRecount);

    /// <summary>Continues what was stored.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="document">The list.</param>
    /// <param name="version">Its version in the store.</param>
    /// <param name="stored">The documents of its groups, in their order.</param>
    /// <param name="controllers">Makes the controllers.</param>
    /// <exception cref="FormatException">A document is of a newer version of the library.</exception>
    public static WorkflowLearning Load(string workflow, LearningDocument document, long version, IReadOnlyList<StoredEvidence> stored, Func<ThresholdSettings, IThresholdController> controllers)
    {
        var learning = new WorkflowLearning(workflow, controllers)
        {
            Settings = document.Settings,
            Position = document.Position,
            StoredVersion = version,
            _founders = document.Founders,
            _lastNumber = document.LastNumber,
        };
        learning._split.UnionWith(document.Split);
        learning._groups.AddRange(document.Groups.Zip(stored, (about, one) => EvidenceGroup.Load(about, controllers(document.Settings!), one)));
        return learning;
    }

    /// <summary>The changes since the last commit.</summary>
    public IEnumerable<ThresholdChanged> Changes => _groups.Concat(_gone).SelectMany(group => group.Changes).Select(change => change with { Workflow = Workflow });

    /// <summary>What one commit has to write: the list, the groups that moved, those that went, and what routers read.</summary>
    /// <param name="published">What <see cref="Published"/> gave; null to leave it as it is.</param>
    /// <param name="publishedVersion">The version of the <see cref="ThresholdsDocument"/> in the store.</param>
    public (IReadOnlyList<StateWrite> Documents, IReadOnlyList<JournalEntry> Entries) ToCommit(string? published, long publishedVersion)
    {
        var documents = new List<StateWrite> { new(Workflow, LearningDocument.Name, Save(), StoredVersion) };
        documents.AddRange(_groups.Where(group => group.IsDirty).SelectMany(group => group.ToCommit(Workflow)));
        documents.AddRange(_gone.Where(group => group.StoredVersion > 0).SelectMany(group => group.ToErase(Workflow)));
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
        _isListDirty = false;
        _gone.Clear();
        foreach (var group in _groups.Where(group => group.IsDirty))
        {
            group.Committed();
        }
    }

    /// <summary>Whether the decision's own journal has to be handed to <see cref="Recall"/> before this entry is taken in.</summary>
    public bool Misses(JournalEntry entry) => Settings is not null && OutcomeTrail.Concerns(entry) && !_open.ContainsKey(entry.DecisionId);

    /// <summary>Learns again what is known of a decision, from its own journal before the record that comes next.</summary>
    public void Recall(IEnumerable<JournalRecord> story, long before)
    {
        Open? open = null;
        foreach (var record in story.Where(record => record.Position < before))
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
                GroupFor(position, imported.Segment, imported.Model)?.Import(position, imported.Confidence, imported.WasRight);
                break;
            case PriorImported imported when Settings is not null:
                GroupFor(position, imported.Segment, imported.Model)
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
                imported.Add(ThresholdObservation.Counted(seen, known.WasRight));
            }
            else if (decisions.TryGetValue(entry.DecisionId, out var open))
            {
                open.Trail.Apply(entry);
            }
        }

        return decisions.Values
            .Where(open => open.Trail.Standing != OutcomeStanding.Unknown)
            .Select(open => ThresholdObservation.Counted(open.Decision, open.Trail.Standing == OutcomeStanding.Right, open.Trail.Standing == OutcomeStanding.Overdue))
            .Concat(imported)
            .OrderBy(observation => observation.Decision.Sequence);
    }

    /// <summary>What routers need to know, as it is stored.</summary>
    public string Published() => JsonSerializer.Serialize(Publish(), AdaptingJsonContext.Default.ThresholdsDocument);

    /// <summary>What routers need to know.</summary>
    public ThresholdsDocument Publish() => new()
    {
        Policy = Settings!.Policy,
        Value = Settings.Value,
        PerSegment = Settings.Per == ThresholdPer.Segment && !IsFixed,
        Founders = IsFixed ? null : _founders,
        Split = IsFixed ? [] : [.. _split.Order(StringComparer.Ordinal)],
        Lines = [.. _groups.Select(group => Line(group, group.About.Model))],
        NewModel = NewLine(Siblings(isOwn: false, null).LastOrDefault(), declares: _groups.Count == 0),
        NewModelOfSegment = Settings.OnNewModel == OnNewModel.StartAgain
            ? []
            : [.. _groups.Where(group => group.About.IsOwn && !IsFixed).GroupBy(group => group.About.Segment).Select(groups => NewLine(groups.Last(), declares: false)!)],
    };

    // What somebody chose holds for every model and segment.
    private bool IsFixed => Settings!.Policy == ThresholdControllers.Fixed;

    private static ThresholdsDocument.LineDocument Line(EvidenceGroup group, string? model) => new(
        group.About.IsOwn,
        group.About.Segment,
        model,
        group.State.Threshold,
        group.State.AuditProbability.Rung,
        group.Epoch,
        group.State is not RiskControlledState || group.State.IsEarned || group.State.Threshold.IsReviewEverything ? null
            : group.About.TakesStart ? RouteReasons.DeclaredByOwner
            : RouteReasons.KeptFromOtherModel);

    private ThresholdsDocument.LineDocument? NewLine(EvidenceGroup? latest, bool declares)
    {
        if (IsFixed)
        {
            return new(IsOwn: false, null, null, Settings!.Value is { } value ? new(value) : Threshold.ReviewEverything, ReviewProbability.AtLeast(Settings.Goal.AuditBudget).Rung, 1, null);
        }

        if (latest is not null && Settings!.OnNewModel == OnNewModel.KeepAndCheckAll)
        {
            return new(latest.About.IsOwn, latest.About.Segment, null, latest.State.Threshold, 0, 1, RouteReasons.KeptFromOtherModel);
        }

        return (declares || Settings!.Per == ThresholdPer.Segment) && !Settings!.Goal.Start.IsReviewEverything
            ? new(Settings.Per == ThresholdPer.Segment, null, null, Settings.Goal.Start, 0, 1, RouteReasons.DeclaredByOwner)
            : null;
    }

    private string Save() => JsonSerializer.Serialize(
        new LearningDocument
        {
            Position = Position,
            Settings = Settings,
            Founders = _founders,
            Split = [.. _split.Order(StringComparer.Ordinal)],
            LastNumber = _lastNumber,
            Groups = [.. _groups.Select(group => group.About)],
        },
        AdaptingJsonContext.Default.LearningDocument);

    private void Set(long position, ThresholdSettings settings)
    {
        var before = Settings;
        Settings = settings;
        _isListDirty = true;
        if (before is null)
        {
            _founders = settings.Segments.Count == 0 ? null : [.. settings.Segments];
            return;
        }

        var regrouped = Regroup(before, settings);
        for (var i = 0; i < _groups.Count; i++)
        {
            var group = _groups[i];
            if (!settings.HasPolicyOf(before))
            {
                _open.Clear();
                _groups[i] = group.TakeOver(position, _controllers(settings), group.About.GoalOf(settings));
                continue;
            }

            group.Observe(position, ThresholdObservation.GoalSet(group.About.GoalOf(settings)));
            if (regrouped && !group.About.IsOwn)
            {
                // What was learnt of one mixture of segments says nothing about another.
                group.Observe(position, ThresholdObservation.EpochEnds(ThresholdReasons.NewGoal));
            }
        }
    }

    /// <summary>Follows a changed scope: what is added gets evidence of its own, what is taken out ends that of the rest.</summary>
    /// <returns>Whether the segments that share a threshold are others than before.</returns>
    private bool Regroup(ThresholdSettings before, ThresholdSettings settings)
    {
        if (settings.Per != before.Per)
        {
            return true;
        }

        if (settings.Segments.Count == 0)
        {
            return false;
        }

        string[] left = _founders is null ? [.. settings.Segments] : [.. _founders.Intersect(settings.Segments, StringComparer.Ordinal)];
        var changed = left.Length != (_founders?.Count ?? -1);
        _founders = left;
        return changed;
    }

    private void Made(long position, DecisionRouted routed)
    {
        var group = Find(routed.OwnEvidence, routed.OwnEvidence ? routed.Segment : null, routed.Model)
            ?? (routed.Eligible ? Add(position, routed.OwnEvidence, routed.Segment, routed.Model) : null);
        if (group is null)
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
        if (!OutcomeTrail.Concerns(entry) || !_open.TryGetValue(entry.DecisionId, out var open))
        {
            return;
        }

        var before = open.Trail.Standing;
        if (open.Trail.Apply(entry))
        {
            // The group may have been taken over meanwhile.
            if (_groups.Find(group => group.About.Number == open.Group.About.Number) is { } group
                && group.Answered(position, open.Decision, SharesThreshold(group) ? open.Segment : null, before, open.Trail.Standing))
            {
                Split(position, group, open.Segment!);
            }
        }

        if (open.Trail.IsAnswered)
        {
            _open.Remove(entry.DecisionId);
        }
    }

    private static bool SharesThreshold(EvidenceGroup group) => !group.About.IsOwn && group.State is RiskControlledState;

    /// <summary>Closes one segment whose own checks give the alarm; the others keep what they share.</summary>
    private void Split(long position, EvidenceGroup from, string segment)
    {
        _split.Add(segment);
        _isListDirty = true;
        var own = Find(isOwn: true, segment, from.About.Model);
        if (own is null)
        {
            own = Add(position, isOwn: true, segment, from.About.Model);
        }
        else
        {
            own.Observe(position, ThresholdObservation.EpochEnds(ThresholdReasons.DriftAlarm));
        }

        own?.BeganFrom(from.State.Threshold, ThresholdReasons.DriftAlarm, from.State.Evidence);
    }

    private void Force(long position, ThresholdForced forced)
    {
        foreach (var group in _groups.Where(group => forced.Segment is null || group.About.Segment == forced.Segment))
        {
            group.Observe(position, ThresholdObservation.Force(forced.Released ? null : forced.Threshold, forced.Actor ?? "", forced.MayVoidGuarantee));
        }
    }

    private void Answer(long position, LooseningAnswered answer)
    {
        if (_groups.Find(group => group.ProposalId == answer.ChangeId) is { } group)
        {
            group.Observe(position, answer.Approved ? ThresholdObservation.Approve(answer.Actor ?? "") : ThresholdObservation.Reject(answer.Actor ?? ""));
        }
    }

    private EvidenceGroup? GroupFor(long position, string? segment, string? model)
    {
        var own = Settings!.Per == ThresholdPer.Segment || (_founders is not null && !_founders.Contains(segment, StringComparer.Ordinal)) || (segment is not null && _split.Contains(segment));
        return Find(own, own ? segment : null, model) ?? Add(position, own, segment, model);
    }

    private EvidenceGroup? Find(bool isOwn, string? segment, string? model) =>
        _groups.Find(group => group.About.IsOwn == isOwn && group.About.Segment == segment && group.About.Model == model);

    private List<EvidenceGroup> Siblings(bool isOwn, string? segment) => _groups.FindAll(group => group.About.IsOwn == isOwn && group.About.Segment == segment);

    private EvidenceGroup? Add(long position, bool isOwn, string? segment, string? model)
    {
        segment = isOwn ? segment : null;
        var siblings = Siblings(isOwn, segment);
        if (siblings.Count == 0 && _groups.Select(group => group.About.Segment).Distinct().Count() >= MostSegments)
        {
            HasTurnedAway = true;
            return null;
        }

        var latest = siblings.LastOrDefault();
        var wasThere = isOwn ? Settings!.Per == ThresholdPer.Segment && latest is null && (_founders is null || _founders.Contains(segment, StringComparer.Ordinal)) : _groups.Count == 0;
        var kept = latest is not null && Settings!.OnNewModel == OnNewModel.KeepAndCheckAll ? latest.State.Threshold : Threshold.ReviewEverything;
        var about = new GroupDocument(++_lastNumber, isOwn, segment, model, position - 1, wasThere, kept);
        var added = new EvidenceGroup(about, _controllers(Settings!), about.GoalOf(Settings!));
        _groups.Add(added);
        _isListDirty = true;
        if (latest is not null)
        {
            added.BeganFrom(latest.State.Threshold, ThresholdReasons.NewModel, latest.State.Evidence);
        }
        else if (wasThere && added.State is RiskControlledState)
        {
            added.BeganFrom(Threshold.ReviewEverything, ThresholdReasons.DeclaredByOwner, added.State.Evidence);
        }

        if (siblings.Count >= MostModels)
        {
            HasTurnedAway = true;
            var oldest = siblings.MinBy(group => group.LastPosition)!;
            _groups.Remove(oldest);
            _gone.Add(oldest);
        }

        return added;
    }

    private static bool IsOf(EvidenceGroup group, DecisionRouted routed) =>
        routed.OwnEvidence == group.About.IsOwn && routed.Model == group.About.Model && (!group.About.IsOwn || routed.Segment == group.About.Segment);

    private Open? OpenOf(long position, DecisionRouted routed)
    {
        if (Find(routed.OwnEvidence, routed.OwnEvidence ? routed.Segment : null, routed.Model) is not { } group)
        {
            return null;
        }

        var decision = group.Seen(position, routed);
        return group.Counts(decision) ? new(routed.DecisionId, group, decision, routed.Segment) : null;
    }

    /// <summary>A decision whose answer is not final. The trail is mutable in place.</summary>
    private sealed class Open(DecisionId id, EvidenceGroup group, ReviewedDecision decision, string? segment)
    {
        public OutcomeTrail Trail;

        public DecisionId Id => id;

        public EvidenceGroup Group => group;

        public ReviewedDecision Decision => decision;

        public string? Segment => segment;
    }
}
