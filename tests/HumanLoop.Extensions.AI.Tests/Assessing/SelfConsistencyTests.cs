using FsCheck.Xunit;
using Microsoft.Extensions.AI;
using static HumanLoop.Extensions.AI.Tests.ScriptedModel;

namespace HumanLoop.Extensions.AI.Tests.Assessing;

/// <summary>The share of fresh answers that agree.</summary>
public sealed class SelfConsistencyTests
{
    private static readonly ChatMessage[] Question = [new(ChatRole.User, "What is it?")];

    [Fact]
    public async Task The_confidence_is_the_share_of_answers_that_agree_whatever_their_case_and_spaces()
    {
        var model = Answering("Late  delivery", "late delivery", "LATE DELIVERY ", "refund", "late delivery", "other");

        var decision = await model.GetDecisionAsync(Question, ChatConfidence.SelfConsistency(), InvoiceJson.Default.String);

        Assert.Equal(0.6, decision.Confidence!.Value.Value);
        Assert.Equal(6, model.Asked.Count);
        Assert.All(model.Asked.Skip(1), asked => Assert.Equal(0.7f, asked.Options!.Temperature));
        Assert.EndsWith("/self-consistency-5-t0.7", decision.Model, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_agrees_field_by_field()
    {
        var model = new ScriptedModel(
            Says("""{"supplier":"Acme","total":20.50,"paid":true}"""),
            Says("""{"supplier":"ACME","total":20.5,"paid":true}"""),
            Says("""{"supplier":"Acme","total":25,"paid":true}"""),
            Says("no json at all"),
            Says("""{"supplier":"Acme Ltd","total":2.05e1,"paid":true}"""));

        var decision = await model.GetDecisionAsync(Question, ChatConfidence.SelfConsistency(new() { Samples = 4 }), InvoiceJson.Default.Invoice);

        Assert.Equal(0.5, decision.Fields!["supplier"].Value);
        Assert.Equal(0.5, decision.Fields["total"].Value);
        Assert.Equal(0.75, decision.Fields["paid"].Value);
    }

    [Theory]
    [InlineData(0.5, 3, "aaa", 0.5)] // 3 of 6 agree: whatever the rest says, it is at or above.
    [InlineData(0.9, 1, "b", 0.0)] // 5 of 6 are fewer than 0.9.
    [InlineData(0.5, 5, "ababa", 0.5)]
    public async Task It_stops_as_soon_as_the_rest_cannot_move_it_across_the_line(double stopAt, int asked, string answers, double expected)
    {
        var model = Answering(["a", .. answers.Select(answer => answer.ToString())]);

        var decision = await model.GetDecisionAsync(Question, ChatConfidence.SelfConsistency(new() { Samples = 6, StopAt = stopAt }), InvoiceJson.Default.String);

        Assert.Equal(expected, decision.Confidence!.Value.Value);
        Assert.Equal(1 + asked, model.Asked.Count);
    }

    [Property(MaxTest = 200)]
    public void Stopping_early_never_claims_more_and_never_changes_the_side(bool[] agrees, byte line)
    {
        string[] answers = [.. agrees.Take(20).Concat([true, false]).Select(agree => agree ? "a" : "b")];
        var stopAt = line / 255.0;

        var all = Confidence(answers, null);
        var early = Confidence(answers, stopAt);

        Assert.True(early <= all);
        Assert.Equal(all >= stopAt, early >= stopAt);
    }

    [Fact]
    public async Task Another_meaning_of_agreeing_can_be_given()
    {
        var model = Answering("A-17", "A17", "a 17");
        var options = new SelfConsistencyOptions { Samples = 2, Normalise = (_, value) => new([.. value.GetString()!.ToUpperInvariant().Where(char.IsLetterOrDigit)]) };

        var decision = await model.GetDecisionAsync(Question, ChatConfidence.SelfConsistency(options), InvoiceJson.Default.String);

        Assert.Equal(1, decision.Confidence!.Value.Value);
    }

    [Fact]
    public async Task A_failing_sample_leaves_the_proposal_and_makes_the_confidence_unusable()
    {
        var decision = await Answering("a").GetDecisionAsync(Question, ChatConfidence.SelfConsistency(), InvoiceJson.Default.String);

        Assert.Equal("a", decision.Proposal);
        Assert.False(decision.Confidence!.Value.IsUsable);
    }

    [Theory]
    [InlineData(1, 0.7f, null, "SelfConsistencyOptions.Samples is 1; it must be from 2 to 100.")]
    [InlineData(5, 0f, null, "SelfConsistencyOptions.Temperature is 0; it must be above 0 and at most 2.")]
    [InlineData(5, 0.7f, 1.5, "SelfConsistencyOptions.StopAt is 1.5; it must be in [0, 1].")]
    public void Options_out_of_range_are_named(int samples, float temperature, double? stopAt, string expected)
    {
        var mistake = Assert.Throws<ArgumentException>(() => ChatConfidence.SelfConsistency(new() { Samples = samples, Temperature = temperature, StopAt = stopAt }));

        Assert.StartsWith(expected, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_of_a_tool_is_scored_by_asking_for_it_again()
    {
        var call = new FunctionCallContent("c1", "Refund", new Dictionary<string, object?> { ["amount"] = 20 });
        var other = new FunctionCallContent("c2", "Refund", new Dictionary<string, object?> { ["amount"] = 30 });
        var model = new ScriptedModel(Calls(call), Calls(other), Says("Nothing."), Calls(other, call));
        var conversation = new ToolConversation(model, Question, null, new());
        var source = new ToolCallConfidenceSource(ChatConfidence.SelfConsistency(new() { Samples = 4 }));

        var confidence = await source.AssessAsync(new Decision<ToolCall>(CallContent.ToCall(call) with { Conversation = conversation }), default);

        Assert.Equal(0.5, confidence.Value);
    }

    private static double Confidence(string[] answers, double? stopAt) =>
        Answering(["a", .. answers]).GetDecisionAsync(Question, ChatConfidence.SelfConsistency(new() { Samples = answers.Length, StopAt = stopAt }), InvoiceJson.Default.String).GetAwaiter().GetResult().Confidence!.Value.Value;

    private static ScriptedModel Answering(params IReadOnlyList<string> answers) =>
        new([.. answers.Select(answer => Says($$"""{"answer":"{{answer}}"}"""))]);
}
