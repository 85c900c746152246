using System.Buffers.Binary;
using FsCheck;
using FsCheck.Xunit;
using HumanLoop.Routing;
using HumanLoop.Tests.Journey;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.Tests.Routing;

public class AuditDrawTests
{
    private static readonly byte[] Key = Convert.FromBase64String(TestLoop.AuditKey);

    /// <summary>The vectors of the reference implementation (vectors_sip64): key 00..0f, message 00, 01, … of n bytes. The paper's own is that of 15 bytes.</summary>
    [Theory]
    [InlineData(0, 0x726fdb47dd0e0e31UL)]
    [InlineData(1, 0x74f839c593dc67fdUL)]
    [InlineData(2, 0x0d6c8009d9a94f5aUL)]
    [InlineData(3, 0x85676696d7fb7e2dUL)]
    [InlineData(4, 0xcf2794e0277187b7UL)]
    [InlineData(5, 0x18765564cd99a68dUL)]
    [InlineData(6, 0xcbc9466e58fee3ceUL)]
    [InlineData(7, 0xab0200f58b01d137UL)]
    [InlineData(8, 0x93f5f5799a932462UL)]
    [InlineData(9, 0x9e0082df0ba9e4b0UL)]
    [InlineData(15, 0xa129ca6149be45e5UL)]
    public void The_hash_is_SipHash_2_4(int length, ulong expected)
    {
        var message = Enumerable.Range(0, length).Select(n => (byte)n).ToArray();

        Assert.Equal(expected, Hash().Finish(message));
        var resumed = Hash().After(message.AsSpan(0, length & ~7));
        Assert.Equal(expected, resumed.Finish(message.AsSpan(length & ~7)));

        static SipHash Hash() => new(BinaryPrimitives.ReadUInt64LittleEndian(Key), BinaryPrimitives.ReadUInt64LittleEndian(Key.AsSpan(8)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(13)]
    public void The_share_of_drawn_decisions_is_the_probability(int rung)
    {
        const int n = 20_000;
        var chance = ReviewProbability.AtRung(rung);
        var draw = new AuditDraw(Key, "refund");

        var drawn = Enumerable.Range(0, n).Count(i => draw.Draws(new($"order-{i}"), chance));

        // Binomial(n, p): 5 standard deviations are left by chance once in 1.7 million (two-sided normal tail); the key is fixed, so the test never flickers.
        var tolerance = 5 * Math.Sqrt(n * chance.Value * (1 - chance.Value));
        Assert.InRange(drawn, (n * chance.Value) - tolerance, (n * chance.Value) + tolerance);
    }

    [Fact]
    public void Everything_is_drawn_at_probability_one() =>
        Assert.True(Enumerable.Range(0, 1000).All(i => new AuditDraw(Key, "refund").Draws(new($"o{i}"), ReviewProbability.Always)));

    [Property]
    public bool A_decision_drawn_at_a_low_probability_is_drawn_at_every_higher_one(NonEmptyString text, PositiveInt low)
    {
        var draw = new AuditDraw(Key, "refund");
        var id = new DecisionId($"d{text.Get.GetHashCode(StringComparison.Ordinal)}");
        var rung = low.Get % (ReviewProbability.LastRung + 1);
        return !draw.Draws(id, ReviewProbability.AtRung(rung)) || Enumerable.Range(0, rung).All(higher => draw.Draws(id, ReviewProbability.AtRung(higher)));
    }

    [Fact]
    public void All_instances_draw_alike_and_workflows_and_keys_draw_differently()
    {
        var ids = Enumerable.Range(0, 64).Select(i => new DecisionId($"ö-{i}-{new string('x', i * 3)}")).ToArray();
        var numbers = Numbers(Key, "refund");

        Assert.Equal(numbers, Numbers(Key, "refund"));
        Assert.Empty(numbers.Intersect(Numbers(Key, "refunds")));
        Assert.Empty(numbers.Intersect(Numbers([.. Key.Reverse()], "refund")));

        ulong[] Numbers(byte[] key, string workflow)
        {
            var draw = new AuditDraw(key, workflow);
            return [.. ids.Select(draw.Number)];
        }
    }

    [Fact]
    public async Task Processes_of_one_store_share_a_random_key()
    {
        await using var here = new TestLoop(settings: TestLoop.Settings(("/AuditKey", null), ("Threshold:AuditBudget", "0.5")));
        await using var there = new TestLoop(sharedWith: here, settings: TestLoop.Settings(("/AuditKey", null), ("Threshold:AuditBudget", "0.5")));
        await using var stranger = new TestLoop(settings: TestLoop.Settings(("/AuditKey", null), ("Threshold:AuditBudget", "0.5")));

        Assert.Equal(await DrawnAsync(here), await DrawnAsync(there));
        Assert.NotEqual(await DrawnAsync(here), await DrawnAsync(stranger));

        // 200 draws at one half agree between two keys by chance with probability 2^-200.
        static async Task<string> DrawnAsync(TestLoop loop)
        {
            await loop.RouteAsync("start");
            var conditions = loop.Services.GetServices<HumanLoop.Hosting.Workflow>().Single().Conditions;
            return string.Concat(Enumerable.Range(0, 200).Select(i => conditions.Draw.Draws(new($"d{i}"), ReviewProbability.AtRung(2)) ? '1' : '0'));
        }
    }

    [Fact]
    public async Task A_drawn_decision_acts_and_is_checked_afterwards()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Threshold:AuditBudget", "1")));

        var receipt = await loop.RouteAsync("r-1", 0.95);

        Assert.Equal((RouteKind.Audit, RouteReasons.AuditDraw, 1.0), (receipt.Route.Kind, receipt.Route.Reason, receipt.AuditProbability));
        Assert.Equal(["refund/r-1/act"], loop.Handler.Keys);
        var review = Assert.Single(await loop.Desk.ClaimAsync(new(), "ana"));
        Assert.True(review.IsAudit);
    }

    [Fact]
    public async Task A_receipt_names_the_probability_with_which_it_could_have_been_drawn()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Threshold:AuditBudget", "0.05")));

        var receipt = await loop.RouteAsync("r-1", 0.95);

        // The lowest rung of the ladder at or above 0.05 is 2^(-8/2).
        Assert.Equal(0.0625, receipt.AuditProbability);
    }
}
