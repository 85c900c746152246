using HumanLoop.Queueing;

namespace HumanLoop.PostgreSql;

/// <summary>Where the last claim of a kind ended, so that the next one begins there and does not walk over the dead entries of all that was claimed
/// before.</summary>
/// <remarks>
/// While some transaction keeps an old snapshot (a dump, an analyst's session), those entries cannot be removed, and walking over them makes a claim slower
/// with every item.
/// A watermark is speed and never correctness: it is lowered by whatever this process makes free, dropped every two seconds for what others make free, and a
/// claim that finds too little looks again from the beginning.
/// </remarks>
internal sealed class ClaimWatermarks
{
    private static readonly TimeSpan DroppedAfter = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<(WorkPurpose Purpose, string? Segment, int Workflow), QueuePosition> _watermarks = [];
    private readonly Dictionary<(WorkPurpose, string? Segment), long> _dropped = [];
    private long _lowered;

    /// <summary>Changes with everything that became free here.</summary>
    public long Version => Interlocked.Read(ref _lowered);

    /// <summary>After which key to look; the first of all when there is no watermark.</summary>
    public QueuePosition Of(WorkPurpose purpose, string? segment, int workflow)
    {
        lock (_gate)
        {
            var now = TimeProvider.System.GetTimestamp();
            if (!_dropped.TryGetValue((purpose, segment), out var dropped) || TimeProvider.System.GetElapsedTime(dropped, now) > DroppedAfter)
            {
                Drop(purpose, segment);
                _dropped[(purpose, segment)] = now;
            }

            return _watermarks.GetValueOrDefault((purpose, segment, workflow), QueuePosition.First);
        }
    }

    /// <summary>Begins the next claim at a key, unless something became free since a version.</summary>
    public void Set(WorkPurpose purpose, string? segment, int workflow, QueuePosition key, long version)
    {
        lock (_gate)
        {
            if (_lowered == version)
            {
                _watermarks[(purpose, segment, workflow)] = new(key.Rank, key.Due, key.Sequence - 1);
            }
        }
    }

    public void Drop(WorkPurpose purpose, string? segment)
    {
        lock (_gate)
        {
            foreach (var key in _watermarks.Keys.Where(key => key.Purpose == purpose && key.Segment == segment).ToList())
            {
                _watermarks.Remove(key);
            }
        }
    }

    /// <summary>Something became free, or will without being written again.</summary>
    public void Lower(WorkItem item)
    {
        if (item.State is not (DecisionState.Pending or DecisionState.ActDue))
        {
            return;
        }

        var key = QueuePosition.Of(item);
        lock (_gate)
        {
            _lowered++;
            foreach (var watermark in _watermarks.Where(watermark => watermark.Value >= key).Select(watermark => watermark.Key).ToList())
            {
                _watermarks.Remove(watermark);
            }
        }
    }
}
