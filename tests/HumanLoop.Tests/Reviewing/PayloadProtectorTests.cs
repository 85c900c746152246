using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HumanLoop.Queueing;
using HumanLoop.Tests.Journey;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.Tests.Reviewing;

/// <summary>What decisions say, encrypted before any store sees it.</summary>
public sealed class PayloadProtectorTests
{
    private const string Secret = "Zoë Ångström";

    [Fact]
    public async Task The_store_sees_nothing_of_what_a_decision_says_and_everybody_else_all_of_it()
    {
        await using var loop = Protected(("Review:Reviewers", "2"));
        await loop.Router.RouteAsync(new Decision<Refund>(new(Secret, 20))
        {
            Id = "p-1",
            Confidence = 0.1,
            Briefing = Secret,
            Link = new("https://example.com/" + Uri.EscapeDataString(Secret)),
            Fields = new Dictionary<string, Confidence> { [Secret] = 0.4 },
            Subject = "customer-7",
        });
        var id = TestLoop.Review("p-1");
        await loop.Desk.AddNoteAsync(id, Secret, "eve");
        var verdict = new Verdict.Corrected(JsonSerializer.SerializeToElement(new Refund(Secret, 21), JsonSerializerOptions.Web)) { Comment = Secret };
        await loop.Desk.DecideAsync(id, verdict, "ana");
        await loop.Desk.DecideAsync(id, verdict, "bob");
        await loop.StartAsync();
        await loop.UntilSettledAsync("p-1");

        var stored = (await loop.ItemAsync("p-1")).Payload!;
        var text = Encoding.UTF8.GetString([.. stored.Proposal.Span, .. stored.Correction.Span, .. WorkItemJson.WriteDetails(stored)!]);
        Assert.DoesNotContain(Secret, JsonText(text), StringComparison.Ordinal);
        Assert.DoesNotContain("0.4", text, StringComparison.Ordinal);
        Assert.Null(stored.Link);
        Assert.Equal("customer-7", stored.Subject);
        JsonDocument.Parse(stored.Proposal).Dispose();
        JsonDocument.Parse(stored.Correction).Dispose();

        var review = (await loop.Desk.GetAsync(id))!;
        Assert.Equal(Secret, review.Proposal!.Value.GetProperty("customer").GetString());
        Assert.Equal(21, review.Correction!.Value.GetProperty("amount").GetInt32());
        Assert.Equal((Secret, Secret, 0.4), (review.Briefing, Assert.Single(review.Notes).Text, review.Fields![Secret].Value));
        Assert.EndsWith(Uri.EscapeDataString(Secret), review.Link!.AbsoluteUri, StringComparison.Ordinal);
        Assert.All(review.Votes, vote => Assert.Equal((Secret, 21), (vote.Comment, ((Verdict.Corrected)vote).Proposal.GetProperty("amount").GetInt32())));
        Assert.Equal(new Refund(Secret, 21), loop.Handler.Calls[^1].Proposal);
        Assert.Equal("customer-7", loop.Handler.Calls[^1].Decision.Subject);
        Assert.Equal(1, (await loop.Control.EraseSubjectAsync("customer-7", "privacy")).Erased);
    }

    [Fact]
    public async Task What_an_exception_said_is_protected_too()
    {
        await using var loop = Protected(("Acting:Retries", "0"));
        loop.Handler.Throws(_ => true, Secret);
        await loop.RouteAsync("p-1");
        Assert.DoesNotContain(Secret, (await loop.ItemAsync("p-1")).Payload!.LastError, StringComparison.Ordinal);
        Assert.Contains(Secret, (await loop.Desk.GetAsync(TestLoop.Review("p-1")))!.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Routing_straight_through_again_and_in_conflict_is_as_without()
    {
        await using var loop = Protected();
        await loop.RouteAsync("p-1");
        Assert.Equal(RoutingStatus.AlreadyRecorded, (await loop.RouteAsync("p-1")).Status);
        await Assert.ThrowsAsync<DecisionConflictException>(async () => await loop.Router.RouteAsync(TestLoop.Decision("p-1", amount: 99)));
        Assert.Equal(new Refund("Ada", 20), Assert.Single(loop.Handler.Calls).Proposal);
        Assert.Equal(OutcomeResult.Shown, await loop.Router.RecordTruthAsync("p-1", new Refund("Ada", 20)));
    }

    [Fact]
    public async Task What_was_stored_before_stays_readable()
    {
        await using var plain = new TestLoop();
        await plain.RouteAsync("p-1", 0.1);
        await using var loop = new TestLoop(sharedWith: plain, loop: builder => builder.UsePayloadProtector<AesProtector>());
        Assert.Equal("Ada", (await loop.Desk.GetAsync(TestLoop.Review("p-1")))!.Proposal!.Value.GetProperty("customer").GetString());
        Assert.True((await loop.DecideAsync("p-1", new Verdict.Approved())).IsApplied);
    }

    [Fact]
    public async Task Without_the_key_nothing_acts_one_item_stops_no_other_and_the_log_says_so()
    {
        await using var other = Protected();
        await other.RouteAsync("p-1", 0.1);
        await other.DecideAsync("p-1", new Verdict.Approved());
        await using var loop = new TestLoop(sharedWith: other, loop: builder => builder.UsePayloadProtector<AesProtector>());
        await loop.RouteAsync("p-2", 0.1);
        await loop.DecideAsync("p-2", new Verdict.Approved());
        await loop.StartAsync();
        await loop.UntilSettledAsync("p-2");
        Assert.Equal(["refund/p-2/act"], loop.Handler.Keys);
        Assert.Null((await loop.Desk.GetAsync(TestLoop.Review("p-1")))!.Proposal);
        Assert.Contains(51, loop.Log.Ids);
    }

    private static string JsonText(string json) => System.Text.RegularExpressions.Regex.Unescape(json);

    private static TestLoop Protected(params (string Key, string? Value)[] settings) =>
        new(settings: TestLoop.Settings(settings), loop: builder => builder.UsePayloadProtector<AesProtector>());

    /// <summary>With a key of its own for each process.</summary>
    private sealed class AesProtector : IPayloadProtector
    {
        private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

        public byte[] Protect(ReadOnlySpan<byte> plain)
        {
            using var aes = new AesGcm(_key, 16);
            var cipher = new byte[28 + plain.Length];
            RandomNumberGenerator.Fill(cipher.AsSpan(0, 12));
            aes.Encrypt(cipher.AsSpan(0, 12), plain, cipher.AsSpan(28), cipher.AsSpan(12, 16));
            return cipher;
        }

        public byte[] Unprotect(ReadOnlySpan<byte> cipher)
        {
            using var aes = new AesGcm(_key, 16);
            var plain = new byte[cipher.Length - 28];
            aes.Decrypt(cipher[..12], cipher[28..], cipher[12..28], plain);
            return plain;
        }
    }
}
