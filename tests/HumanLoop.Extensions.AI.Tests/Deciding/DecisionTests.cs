using HumanLoop.Extensions.AI.Tests.Assessing;
using HumanLoop.Testing;
using Microsoft.Extensions.AI;
using static HumanLoop.Extensions.AI.Tests.ScriptedModel;

namespace HumanLoop.Extensions.AI.Tests.Deciding;

/// <summary>A decision that is ready to be routed, in one call.</summary>
public sealed class DecisionTests
{
    private static readonly ChatMessage[] Question = [new(ChatRole.System, "Read invoices."), new(ChatRole.User, "Acme, 20.50, paid.")];

    [Fact]
    public async Task Proposal_model_and_briefing_come_in_one_call_and_nobody_has_scored_it()
    {
        var model = new ScriptedModel(Says("""{"supplier":"Acme","total":20.5,"paid":true}"""));

        var decision = await model.GetDecisionAsync(Question, null, InvoiceJson.Default.Invoice);

        Assert.Equal(new("Acme", 20.5m, true), decision.Proposal);
        Assert.Null(decision.Confidence);
        Assert.Equal("Acme, 20.50, paid.", decision.Briefing);
        Assert.Matches("^scripted-1/[0-9a-f]{8}/unscored$", decision.Model);
    }

    [Fact]
    public async Task Another_prompt_is_another_model_and_another_question_is_not()
    {
        var model = new ScriptedModel([.. Enumerable.Repeat(Says("""{"supplier":"Acme","total":20.5,"paid":true}"""), 4)]);

        var first = (await model.GetDecisionAsync(Question, null, InvoiceJson.Default.Invoice)).Model;

        Assert.Equal(first, (await model.GetDecisionAsync([Question[0], new(ChatRole.User, "Another invoice.")], null, InvoiceJson.Default.Invoice)).Model);
        Assert.NotEqual(first, (await model.GetDecisionAsync([new(ChatRole.System, "Read invoices well."), Question[1]], null, InvoiceJson.Default.Invoice)).Model);
        Assert.NotEqual(first, (await model.GetDecisionAsync(Question, null, InvoiceJson.Default.Invoice, new() { Instructions = "Be careful." })).Model);
    }

    [Fact]
    public async Task A_name_too_long_for_a_decision_keeps_a_fingerprint_of_what_is_cut_off()
    {
        var answer = Says("""{"answer":"x"}""");
        var (one, two) = (new ScriptedModel(answer) { ModelId = new string('m', 250) + "1" }, new ScriptedModel(answer) { ModelId = new string('m', 250) + "2" });

        var first = (await one.GetDecisionAsync(Question, null, InvoiceJson.Default.String)).Model!;
        var second = (await two.GetDecisionAsync(Question, null, InvoiceJson.Default.String)).Model!;

        Assert.Equal(200, first.Length);
        Assert.NotEqual(first, second);
    }

    [Theory]
    [InlineData("Sorry, I cannot.")]
    [InlineData("""{"supplier":"Acme","total":"much","paid":true}""")]
    [InlineData("""{"supplier":"Acme","total":20""")]
    public async Task An_answer_that_is_no_proposal_is_an_exception_that_does_not_repeat_it(string answer)
    {
        var mistake = await Assert.ThrowsAsync<UnreadableAnswerException>(() => new ScriptedModel(Says(answer)).GetDecisionAsync(Question, null, InvoiceJson.Default.Invoice));

        Assert.Equal(answer, mistake.Answer);
        Assert.DoesNotContain("Acme", mistake.Message, StringComparison.Ordinal);
        Assert.Contains("scripted-1", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_schema_of_a_recursive_type_is_kept_valid_in_its_envelope()
    {
        var model = new ScriptedModel(Says("""{"answer":{"name":"a","children":[]},"confidence":1}"""));

        var decision = await model.GetDecisionAsync(Question, ChatConfidence.Verbalised(Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance), InvoiceJson.Default.Tree);

        Assert.Equal("a", decision.Proposal.Name);
        var schema = ((ChatResponseFormatJson)model.Asked[0].Options!.ResponseFormat!).Schema!.Value;
        Assert.Contains("\"$ref\":\"#/properties/answer", schema.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(["answer", "confidence"], schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task The_callers_options_stay_as_they_were()
    {
        var options = new ChatOptions { Temperature = 0.1f };
        var reader = new RecordedLogprobs();

        await new ScriptedModel(Says("""{"answer":"x"}""")).GetDecisionAsync(Question, ChatConfidence.Logprobs(reader), InvoiceJson.Default.String, options);

        Assert.Null(options.ResponseFormat);
        Assert.Null(options.AdditionalProperties);
    }

    [Fact]
    public async Task The_weakest_field_sends_a_document_to_a_person_and_is_named()
    {
        var reader = new RecordedLogprobs(RecordedLogprobs.Tokens(("{\"supplier\":\"", 1), ("Acme", 0.99), ("\",\"total\":", 1), ("20.5", 0.4), (",\"paid\":true}", 1)));
        var model = new ScriptedModel(Says("""{"supplier":"Acme","total":20.5,"paid":true}"""));
        await using var harness = await WorkflowHarness<Invoice>.StartAsync();

        var receipt = await harness.Router.RouteAsync(await model.GetDecisionAsync(Question, ChatConfidence.Logprobs(reader), InvoiceJson.Default.Invoice));

        Assert.Equal("weak_field:total", receipt.Route.Reason);
    }

    [Fact]
    public async Task Reflection_does_as_well_as_generated_json()
    {
        var decision = await new ScriptedModel(Says("""{"supplier":"Acme","total":20.5,"paid":true}""")).GetDecisionAsync<Invoice>(Question, null);

        Assert.Equal("Acme", decision.Proposal.Supplier);
    }
}
