using System.Collections.Concurrent;
using System.Text.Json;

namespace HumanLoop.Extensions.AI;

/// <summary>Brings the result of a call that acted at once back to the conversation that still waits for it.</summary>
internal sealed class ParkedCalls
{
    private readonly ConcurrentDictionary<DecisionId, TaskCompletionSource<JsonElement?>> _expected = new();

    /// <summary>From now on the conversation wants to hear of it.</summary>
    public Task<JsonElement?> Expect(DecisionId id)
    {
        var result = new TaskCompletionSource<JsonElement?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _expected[id] = result;
        return result.Task;
    }

    /// <summary>The conversation goes on without it; false when the result is already there.</summary>
    public bool GiveUp(DecisionId id) => _expected.TryRemove(id, out _);

    /// <summary>Hands a result over; false when the conversation has gone on.</summary>
    public bool HandOver(DecisionId id, JsonElement? result)
    {
        if (!_expected.TryRemove(id, out var waiting))
        {
            return false;
        }

        waiting.SetResult(result);
        return true;
    }
}
