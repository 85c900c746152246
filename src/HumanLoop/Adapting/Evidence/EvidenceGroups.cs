using HumanLoop.Journaling;

namespace HumanLoop.Adapting;

/// <summary>A workflow's bodies of evidence: which of them a decision belongs to, and when one begins or goes.</summary>
internal sealed class EvidenceGroups
{
    private const int MostModels = 8;
    private const int MostSegments = 256;

    private readonly Func<ThresholdSettings, IThresholdController> _controllers;
    private readonly List<EvidenceGroup> _all = [];
    private readonly HashSet<string> _split = new(StringComparer.Ordinal);
    private readonly List<EvidenceGroup> _gone = [];
    private int _lastNumber;

    public EvidenceGroups(Func<ThresholdSettings, IThresholdController> controllers) => _controllers = controllers;

    /// <summary>In the order in which they began.</summary>
    public IReadOnlyList<EvidenceGroup> All => _all;

    /// <summary>Those that went and are still in the store.</summary>
    public IReadOnlyList<EvidenceGroup> Gone => _gone;

    /// <summary>The segments that share a threshold; null for all.</summary>
    public IReadOnlyList<string>? Founders { get; private set; }

    /// <summary>The segments whose own checks gave the alarm.</summary>
    public IReadOnlyList<string> Split => [.. _split.Order(StringComparer.Ordinal)];

    /// <summary>Whether the list itself is not stored yet.</summary>
    public bool IsDirty { get; private set; }

    /// <summary>Segments or models that were turned away because there are too many.</summary>
    public bool HasTurnedAway { get; private set; }

    /// <summary>Continues what was stored.</summary>
    public static EvidenceGroups Load(LearningDocument document, IReadOnlyList<StoredEvidence> stored, Func<ThresholdSettings, IThresholdController> controllers)
    {
        var groups = new EvidenceGroups(controllers) { Founders = document.Founders, _lastNumber = document.LastNumber };
        groups._split.UnionWith(document.Split);
        groups._all.AddRange(document.Groups.Zip(stored, (about, one) => EvidenceGroup.Load(about, controllers(document.Settings!), one)));
        return groups;
    }

    /// <summary>The list, as it is stored.</summary>
    public LearningDocument Save(long position, ThresholdSettings? settings) => new()
    {
        Position = position,
        Settings = settings,
        Founders = Founders,
        Split = Split,
        LastNumber = _lastNumber,
        Groups = [.. _all.Select(group => group.About)],
    };

    /// <summary>Everything is in the store.</summary>
    public void Committed()
    {
        IsDirty = false;
        _gone.Clear();
        foreach (var group in _all.Where(group => group.IsDirty))
        {
            group.Committed();
        }
    }

    public EvidenceGroup? Find(bool isOwn, string? segment, string? model) =>
        _all.Find(group => group.About.IsOwn == isOwn && group.About.Segment == segment && group.About.Model == model);

    /// <summary>The group that a routed decision belongs to, if it is there.</summary>
    public EvidenceGroup? Find(DecisionRouted routed) => Find(routed.OwnEvidence, routed.OwnEvidence ? routed.Segment : null, routed.Model);

    public EvidenceGroup? Find(int number) => _all.Find(group => group.About.Number == number);

    /// <summary>The groups of the same segment for other models, the latest last.</summary>
    public List<EvidenceGroup> Siblings(bool isOwn, string? segment) => _all.FindAll(group => group.About.IsOwn == isOwn && group.About.Segment == segment);

    /// <summary>The group that evidence from elsewhere belongs to; null where there are too many.</summary>
    public EvidenceGroup? FindOrAdd(long position, ThresholdSettings settings, string? segment, string? model)
    {
        var own = settings.Per == ThresholdPer.Segment || (Founders is not null && !Founders.Contains(segment, StringComparer.Ordinal)) || (segment is not null && _split.Contains(segment));
        return Find(own, own ? segment : null, model) ?? Add(position, settings, own, segment, model);
    }

    /// <summary>Begins a group.</summary>
    /// <returns>It; null where there are too many.</returns>
    public EvidenceGroup? Add(long position, ThresholdSettings settings, bool isOwn, string? segment, string? model)
    {
        segment = isOwn ? segment : null;
        var siblings = Siblings(isOwn, segment);
        if (siblings.Count == 0 && _all.Select(group => group.About.Segment).Distinct().Count() >= MostSegments)
        {
            HasTurnedAway = true;
            return null;
        }

        var latest = siblings.LastOrDefault();
        var wasThere = isOwn ? settings.Per == ThresholdPer.Segment && latest is null && (Founders is null || Founders.Contains(segment, StringComparer.Ordinal)) : _all.Count == 0;
        var kept = latest is not null && settings.OnNewModel == OnNewModel.KeepAndCheckAll ? latest.State.Threshold : Threshold.ReviewEverything;
        var about = new GroupDocument(++_lastNumber, isOwn, segment, model, position - 1, wasThere, kept);
        var added = new EvidenceGroup(about, _controllers(settings), about.GoalOf(settings));
        _all.Add(added);
        IsDirty = true;
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
            _all.Remove(oldest);
            _gone.Add(oldest);
        }

        return added;
    }

    /// <summary>Closes one segment whose own checks give the alarm; the others keep what they share.</summary>
    public void SplitOff(long position, ThresholdSettings settings, EvidenceGroup from, string segment)
    {
        _split.Add(segment);
        IsDirty = true;
        var own = Find(isOwn: true, segment, from.About.Model);
        if (own is null)
        {
            own = Add(position, settings, isOwn: true, segment, from.About.Model);
        }
        else
        {
            own.Observe(position, ThresholdObservation.EpochEnds(ThresholdReasons.DriftAlarm));
        }

        own?.BeganFrom(from.State.Threshold, ThresholdReasons.DriftAlarm, from.State.Evidence);
    }

    /// <summary>The first settings that the journal tells.</summary>
    public void Begin(ThresholdSettings settings)
    {
        IsDirty = true;
        Founders = settings.Segments.Count == 0 ? null : [.. settings.Segments];
    }

    /// <summary>Follows changed settings.</summary>
    /// <returns>Whether the groups began anew under another policy, so that answers to earlier decisions count for none of them.</returns>
    public bool Follow(long position, ThresholdSettings before, ThresholdSettings settings)
    {
        IsDirty = true;
        var regrouped = Regroup(before, settings);
        if (!settings.HasPolicyOf(before))
        {
            for (var i = 0; i < _all.Count; i++)
            {
                _all[i] = _all[i].TakeOver(position, _controllers(settings), _all[i].About.GoalOf(settings));
            }

            return true;
        }

        foreach (var group in _all)
        {
            group.Observe(position, ThresholdObservation.GoalSet(group.About.GoalOf(settings)));
            if (regrouped && !group.About.IsOwn)
            {
                // What was learnt of one mixture of segments says nothing about another.
                group.Observe(position, ThresholdObservation.EpochEnds(ThresholdReasons.NewGoal));
            }
        }

        return false;
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

        string[] left = Founders is null ? [.. settings.Segments] : [.. Founders.Intersect(settings.Segments, StringComparer.Ordinal)];
        var changed = left.Length != (Founders?.Count ?? -1);
        Founders = left;
        return changed;
    }
}
