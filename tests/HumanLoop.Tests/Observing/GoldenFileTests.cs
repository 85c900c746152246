using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.Tests.Observing;

/// <summary>Stored formats stay readable for ever: these files are never changed, only added to.</summary>
public sealed class GoldenFileTests
{
    [Fact]
    public void Every_journal_entry_of_version_1_is_read_as_it_was_written()
    {
        var lines = File.ReadAllLines(GoldenFile.PathOf("journal-entry__v1.jsonl"));
        Assert.Equal(GoldenEntries.All, lines.Select(line => JournalJson.ReadEntry(Encoding.UTF8.GetBytes(line))));
    }

    [Fact]
    public void Journal_entries_are_written_as_version_1()
    {
        var lines = File.ReadAllLines(GoldenFile.PathOf("journal-entry__v1.jsonl"));
        Assert.Equal(lines, GoldenEntries.All.Select(entry => Encoding.UTF8.GetString(JournalJson.Write(entry))));
    }

    [Fact]
    public void Every_kind_of_entry_is_in_the_golden_file()
    {
        var kinds = typeof(JournalEntry).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(JournalEntry)) && !type.IsAbstract);
        Assert.Equal(kinds.Select(kind => kind.Name).Order(StringComparer.Ordinal), GoldenEntries.All.Select(entry => entry.GetType().Name).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_kind_of_entry_has_a_name_in_storage()
    {
        var named = typeof(JournalEntry).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(each => each.DerivedType.Name);
        var kinds = typeof(JournalEntry).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(JournalEntry)) && !type.IsAbstract);
        Assert.Equal(kinds.Select(kind => kind.Name).Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_item_of_version_1_is_read_as_it_was_written()
    {
        var text = File.ReadAllText(GoldenFile.PathOf("work-item__v1.json")).TrimEnd();
        var item = WorkItemJson.ReadItem(Encoding.UTF8.GetBytes(text));
        Assert.Equal(GoldenEntries.Item with { Abstained = item.Abstained, Outbox = item.Outbox }, item);
        Assert.Equal(GoldenEntries.Item.Abstained, item.Abstained);
        Assert.Equal(GoldenEntries.Item.Outbox, item.Outbox);
        Assert.Equal(text, Encoding.UTF8.GetString(WorkItemJson.Write(item)));
    }

    [Fact]
    public void An_item_with_votes_is_read_as_it_was_written()
    {
        var text = File.ReadAllText(GoldenFile.PathOf("work-item-votes__v1.json")).TrimEnd();
        var item = WorkItemJson.ReadItem(Encoding.UTF8.GetBytes(text));
        Assert.Equal(GoldenEntries.VotedItem with { Abstained = item.Abstained, Outbox = item.Outbox, Votes = item.Votes }, item);
        Assert.Equal(GoldenEntries.VotedItem.Votes, item.Votes);
        Assert.Equal(text, Encoding.UTF8.GetString(WorkItemJson.Write(item)));
    }

    [Fact]
    public void Every_stored_fact_of_an_item_is_in_the_golden_file()
    {
        var facts = typeof(WorkItem).GetProperties().Where(property => property.SetMethod is not null && property.GetCustomAttribute<JsonIgnoreAttribute>() is null);
        string[] files = ["work-item__v1.json", "work-item-votes__v1.json"];
        var stored = files
            .Select(name => JsonDocument.Parse(File.ReadAllText(GoldenFile.PathOf(name))))
            .SelectMany(file => file.RootElement.EnumerateObject())
            .Select(property => property.Name)
            .Distinct();
        Assert.Equal(facts.Select(fact => JsonNamingPolicy.CamelCase.ConvertName(fact.Name)).Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"kind":"released","format":2,"workflow":"w","decisionId":"d","version":2}""")]
    [InlineData("""{"kind":"teleported","format":1,"workflow":"w","decisionId":"d","version":2}""")]
    [InlineData("""{"kind":"claimed","format":1,"workflow":"w","decisionId":"d","version":2}""")]
    [InlineData("""{"kind":"routed","route":["fast_lane","x"],"format":1}""")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    public void What_this_version_cannot_read_is_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => JournalJson.ReadEntry(Encoding.UTF8.GetBytes(json)));

    // Stores write a payload again when it is another one, so reading must not make it one.
    [Fact]
    public void A_payload_that_a_verdict_leaves_alone_is_the_same_after_it()
    {
        var read = WorkItemJson.ReadPayload("{}"u8.ToArray(), Array.Empty<byte>(), []);
        Assert.Equal(read, read with { Correction = default, Comment = null });
    }

    [Fact]
    public void A_payload_survives_its_stored_form()
    {
        var payload = new WorkPayload
        {
            Proposal = "{\"amount\":1}"u8.ToArray(),
            Correction = "{\"amount\":2}"u8.ToArray(),
            Fields = new Dictionary<string, Confidence> { ["total"] = 0.4, ["date"] = Confidence.Unusable },
            Briefing = "\u00E9\U0001F4E6\n",
            Link = new("https://example.com/a?b=c"),
            Subject = "customer-7",
            Comment = "why",
            LastError = "no account",
            Votes = [new("ann", null, "unsure"), new("bob", null, null)],
            Notes = [new("ann", DateTimeOffset.UnixEpoch, "she called twice")],
        };
        var read = WorkItemJson.ReadPayload(payload.Proposal, payload.Correction, WorkItemJson.WriteDetails(payload));
        Assert.Equal(payload with { Fields = null, Votes = [], Notes = [] }, read with { Fields = null, Votes = [], Notes = [] });
        Assert.Equal(payload.Votes, read.Votes);
        Assert.Equal(payload.Notes, read.Notes);
        Assert.Equal(payload.Fields, read.Fields);
        Assert.Null(WorkItemJson.WriteDetails(new() { Proposal = payload.Proposal }));
    }
}
