using HumanLoop.Adapting;
using HumanLoop.Hosting;
using HumanLoop.Journaling;
using HumanLoop.Reporting;

namespace HumanLoop.Observing;

/// <summary>One workflow that this process learns and counts for. Not safe for concurrent use.</summary>
internal sealed class Learner(Workflow workflow, WorkflowLearning learning, Tally tally, long publishedVersion, long since)
{
    private string? _published;

    public Workflow Workflow => workflow;

    public WorkflowLearning Learning => learning;

    public Tally Tally => tally;

    /// <summary>Up to here both have read; a tally that is new to a store begins at the beginning.</summary>
    public long Position => Math.Min(learning.Position, tally.Position);

    /// <summary>When the tally was saved last. It is read again from there after a crash, and by whoever wants it as of now.</summary>
    public long CountedAt { get; set; } = since;

    /// <summary>The options whose charter is on record.</summary>
    public WorkflowOptions? Options { get; set; }

    public long PublishedVersion { get; private set; } = publishedVersion;

    public long CommittedAt { get; private set; } = since;

    public ThresholdSettings? Recorded { get; set; }

    public bool HasWarned { get; set; }

    /// <summary>What routers do not know yet; null when they know it all.</summary>
    public string? News => learning.Published() is var now && now != _published ? now : null;

    public void Committed(string? published, long now)
    {
        CommittedAt = now;
        if (published is not null)
        {
            _published = published;
            workflow.UseThresholds(learning.Publish(), ++PublishedVersion);
        }
    }
}
