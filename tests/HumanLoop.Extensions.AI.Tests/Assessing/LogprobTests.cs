using System.Text;
using Microsoft.Extensions.AI;
using static HumanLoop.Extensions.AI.Tests.Assessing.RecordedLogprobs;
using static HumanLoop.Extensions.AI.Tests.ScriptedModel;

namespace HumanLoop.Extensions.AI.Tests.Assessing;

/// <summary>The probability of the tokens that spell a value, and of the one that ends it.</summary>
public sealed class LogprobTests
{
    private static readonly ChatMessage[] Question = [new(ChatRole.User, "What does the invoice say?")];

    [Fact]
    public async Task Each_field_has_the_joint_probability_of_its_own_tokens()
    {
        var reader = new RecordedLogprobs(Tokens(("{\"", 0.99), ("supplier", 0.98), ("\":\"", 0.97), ("Ac", 0.9), ("me", 0.8), ("\",\"", 1), ("total", 0.99), ("\":", 0.99), ("20", 0.5), (".5", 0.9), (",\"", 1), ("paid", 0.96), ("\":", 0.9), ("true", 0.75), ("}", 1)));
        var model = new ScriptedModel(Says("""{"supplier":"Acme","total":20.5,"paid":true}"""));

        var decision = await model.GetDecisionAsync(Question, ChatConfidence.Logprobs(reader), InvoiceJson.Default.Invoice);

        Assert.Null(decision.Confidence);
        Assert.Equal(0.9 * 0.8, decision.Fields!["supplier"].Value, 12);
        Assert.Equal(0.5 * 0.9, decision.Fields["total"].Value, 12);
        Assert.Equal(0.75, decision.Fields["paid"].Value, 12);
        Assert.Single(model.Asked);
        Assert.Equal(true, model.Asked[0].Options!.AdditionalProperties!["logprobs"]);
    }

    [Fact]
    public async Task The_token_that_ends_a_value_counts_for_a_longer_one_is_another_value()
    {
        var reader = new RecordedLogprobs(Tokens(("{\"supplier\":\"", 1), ("Acme", 0.9), ("\"", 0.5), (",\"total\":", 1), ("2", 0.9), (",", 0.6), ("\"paid\":true}", 1)));
        var model = new ScriptedModel(Says("""{"supplier":"Acme","total":2,"paid":true}"""));

        var decision = await model.GetDecisionAsync(Question, ChatConfidence.Logprobs(reader), InvoiceJson.Default.Invoice);

        Assert.Equal(0.45, decision.Fields!["supplier"].Value, 12);
        Assert.Equal(0.54, decision.Fields["total"].Value, 12);
    }

    [Fact]
    public async Task Characters_that_are_cut_across_tokens_are_put_together_by_their_bytes()
    {
        var euro = Encoding.UTF8.GetBytes("€");
        var reader = new RecordedLogprobs(
        [
            new("{\"supplier\":\"", 0),
            new("?", Math.Log(0.5)) { Utf8 = euro.AsMemory(0, 1) },
            new("?", Math.Log(0.5)) { Utf8 = euro.AsMemory(1) },
            new("\",\"total\":2,\"paid\":true}", 0),
        ]);
        var model = new ScriptedModel(Says("""{"supplier":"€","total":2,"paid":true}"""));

        var decision = await model.GetDecisionAsync(Question, ChatConfidence.Logprobs(reader), InvoiceJson.Default.Invoice);

        Assert.Equal(0.25, decision.Fields!["supplier"].Value, 12);
    }

    [Fact]
    public async Task An_answer_between_fences_and_nested_values_are_found()
    {
        var reader = new RecordedLogprobs(Tokens(("```json\n", 0.3), ("{\"name\":\"a\",\"children\":[{\"name\":\"", 1), ("b", 0.7), ("\",\"children\":[]}]}", 1), ("\n```", 0.2)));
        var model = new ScriptedModel(Says("```json\n{\"name\":\"a\",\"children\":[{\"name\":\"b\",\"children\":[]}]}\n```"));

        var decision = await model.GetDecisionAsync(Question, ChatConfidence.Logprobs(reader), InvoiceJson.Default.Tree);

        Assert.Equal(["children.0.name", "name"], decision.Fields!.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(0.7, decision.Fields["children.0.name"].Value, 12);
    }

    [Fact]
    public async Task A_scalar_answer_has_one_confidence()
    {
        var reader = new RecordedLogprobs(Tokens(("{\"answer\":\"", 0.9), ("refund", 0.8), ("\"}", 1)));
        var model = new ScriptedModel(Says("""{"answer":"refund"}"""));

        var decision = await model.GetDecisionAsync(Question, ChatConfidence.Logprobs(reader), InvoiceJson.Default.String);

        Assert.Equal("refund", decision.Proposal);
        Assert.Equal(0.8, decision.Confidence!.Value.Value, 12);
        Assert.Null(decision.Fields);
    }

    [Fact]
    public async Task A_provider_that_gives_none_makes_the_confidence_unusable()
    {
        var model = new ScriptedModel(Says("""{"supplier":"Acme","total":20.5,"paid":true}"""));

        var decision = await model.GetDecisionAsync(Question, ChatConfidence.Logprobs(new RecordedLogprobs()), InvoiceJson.Default.Invoice);

        Assert.False(decision.Confidence!.Value.IsUsable);
    }

    [Fact]
    public async Task Of_a_proposal_from_elsewhere_the_model_is_asked_for_yes_or_no()
    {
        var first = new TokenLogprob("Yes", Math.Log(0.6)) { Alternatives = [.. Tokens(("Yes", 0.6), (" yes", 0.1), ("No", 0.2), ("Perhaps", 0.1))] };
        var reader = new RecordedLogprobs(first);
        var model = new ScriptedModel(Says("Yes"));
        var source = new ChatConfidenceSource<Invoice>(model, ChatConfidence.Logprobs(reader), InvoiceJson.Default.Invoice);

        var confidence = await source.AssessAsync(new Decision<Invoice>(new("Acme", 2, true)) { Briefing = "An invoice of Acme over 2." }, default);

        Assert.Equal(0.7 / 0.9, confidence.Value, 12);
        Assert.Equal(5, reader.Alternatives);
        Assert.Contains("An invoice of Acme over 2.", model.Asked[0].Messages[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAIs_log_probabilities_come_over_http()
    {
        await using var endpoint = new StrictEndpoint(StrictEndpoint.Says(
            """{"answer":"refund"}""",
            """[{"token":"{\"answer\":\"","logprob":-0.1,"bytes":null,"top_logprobs":[]},{"token":"refund","logprob":-0.25,"bytes":[114,101,102,117,110,100],"top_logprobs":[]},{"token":"\"}","logprob":0,"bytes":null,"top_logprobs":[]}]"""));

        var decision = await endpoint.Client.GetDecisionAsync(Question, ChatConfidence.Logprobs(new OpenAILogprobs()), InvoiceJson.Default.String);

        Assert.Equal(Math.Exp(-0.25), decision.Confidence!.Value.Value, 12);
        Assert.StartsWith("stub-1-2026/", decision.Model, StringComparison.Ordinal);
        Assert.EndsWith("/logprobs", decision.Model, StringComparison.Ordinal);
        Assert.True(endpoint.Asked[0].GetProperty("logprobs").GetBoolean());
        Assert.Equal("json_schema", endpoint.Asked[0].GetProperty("response_format").GetProperty("type").GetString());
    }
}
