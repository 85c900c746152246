namespace HumanLoop;

/// <summary>What became of a call to route a decision.</summary>
public enum RoutingStatus
{
    /// <summary>Nothing was recorded and nothing acted: the workflow's queue is full (<c>Review:MaxPending</c>) or its oldest review waits too long
    /// (<c>Review:MaxAge</c>). Route the decision again later.</summary>
    Refused = 0,

    /// <summary>The decision was recorded by this call; the record is durable if the store is.</summary>
    Recorded = 1,

    /// <summary>The id was routed before: this is the first call's receipt, and nothing acted again.</summary>
    AlreadyRecorded = 2,
}
