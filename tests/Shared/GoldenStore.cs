using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.Tests.Shared;

/// <summary>The decisions that the golden file of every store holds.</summary>
internal static class GoldenStore
{
    public static async Task CheckAsync<TStore>(TStore store, int entries, params IEnumerable<string> ids)
        where TStore : IReviewQueue, IDecisionJournal, IWorkflowState
    {
        var waits = (await store.GetAsync("refund", "waits"))!;
        Assert.Equal((DecisionState.Pending, 3L, 3L, "vip"), (waits.State, waits.Version, waits.Revision, waits.Routed.Segment));
        Assert.Equal(["ann"], waits.Abstained);
        var payload = waits.Payload!;
        Assert.Equal(("""{"order":"waits","note":"it's grün"}""", "a refund", "carl"), (Work.Text(payload.Proposal), payload.Briefing, payload.Subject));
        Assert.Equal(0.5, payload.Fields!["total"].Value);
        var corrected = (await store.GetAsync("refund", "corrected"))!;
        Assert.Equal(("""{"order":"corrected","amount":1}""", "too much", "amount"), (Work.Text(corrected.Payload!.Correction), corrected.Payload.Comment, corrected.Verdict!.Reason));
        Assert.True((await store.GetAsync("refund", "erased"))! is { IsErased: true, Payload: null });
        Assert.Equal(new("{\"paused\":true}", 1), await store.ReadAsync("refund", "switch"));
        Assert.Equal(entries, (await store.ReadAsync(0, 100)).Count);
        foreach (var id in ids)
        {
            Assert.Equal(Work.Facts(WorkItem.Replay(await store.StreamAsync(id))), Work.Facts((await store.GetAsync("refund", id))!));
        }
    }
}
