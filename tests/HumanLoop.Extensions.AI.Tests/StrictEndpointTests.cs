using System.ClientModel;
using HumanLoop.Extensions.AI.Tests.Approving;
using Microsoft.Extensions.AI;

namespace HumanLoop.Extensions.AI.Tests;

/// <summary>The endpoint of the tests is as strict as it says.</summary>
public sealed class StrictEndpointTests
{
    [Fact]
    public async Task A_call_without_its_answer_is_refused()
    {
        await using var endpoint = new StrictEndpoint(StrictEndpoint.Says("Never said."));

        await Assert.ThrowsAsync<ClientResultException>(() => endpoint.Client.GetResponseAsync([new(ChatRole.Assistant, [Bank.CallRefund("c1", 20)]), new(ChatRole.User, "And?")]));
    }

    [Fact]
    public async Task An_answer_that_comes_too_late_is_refused()
    {
        await using var endpoint = new StrictEndpoint(StrictEndpoint.Says("Never said."));

        await Assert.ThrowsAsync<ClientResultException>(() => endpoint.Client.GetResponseAsync(
        [
            new(ChatRole.Assistant, [Bank.CallRefund("c1", 20), Bank.CallLookup("c2")]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", "done")]),
            new(ChatRole.Assistant, "One moment."),
            new(ChatRole.Tool, [new FunctionResultContent("c2", "shipped")]),
        ]));
    }
}
