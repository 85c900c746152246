using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using HumanLoop.AspNetCore.Forms;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace HumanLoop.AspNetCore.Tests.Forms;

public sealed class FormRoundTripTests
{
    private static readonly JsonElement RefundSchema = SchemaOfRefund();

    /// <summary>Text as a browser sends it: with its line ends, and without what no form can hold.</summary>
    private static Gen<string> Words => ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => string.Concat((text.Get ?? "").Where(c => !char.IsControl(c) && !char.IsSurrogate(c))));

    private static Gen<Refund> Refunds =>
        from customer in Words
        from cents in Gen.Choose(0, 1_000_000)
        from reason in Gen.Elements(Reason.Damaged, Reason.Late, Reason.Other)
        from urgent in ArbMap.Default.GeneratorFor<bool>()
        from note in Gen.OneOf(Gen.Constant<string?>(null), Words.Where(word => word.Length > 0).Select(word => (string?)word))
        from days in Gen.Choose(0, 20_000)
        from dated in ArbMap.Default.GeneratorFor<bool>()
        from lines in Words.SelectMany(article => Gen.Choose(0, 99).Select(count => new Line(article, count))).ListOf()
        select new Refund(customer, cents / 100m) { Reason = reason, Urgent = urgent, Note = note, Since = dated ? new DateOnly(1980, 1, 1).AddDays(days) : null, Lines = [.. lines.Take(6)] };

    [Property(MaxTest = 300)]
    public Property A_form_that_nobody_touched_reads_back_the_same_proposal() => Prop.ForAll(Refunds.ToArbitrary(), refund =>
    {
        var value = JsonSerializer.SerializeToElement(refund, JsonSerializerOptions.Web);
        var reading = new FormReading(Sent(ProposalForm.Of(RefundSchema, value, ProposalMarks.None)));
        var read = reading.Read(RefundSchema, value);
        return (reading.Problems.Count == 0 && JsonElement.DeepEquals(value, read)).Label($"{value} became {read}");
    });

    [Fact]
    public void What_was_entered_is_read_by_its_type()
    {
        var value = JsonSerializer.SerializeToElement(new Refund("Ada", 1), JsonSerializerOptions.Web);
        var reading = new FormReading(Form(("f/customer", "Bob"), ("f/amount", "12.50"), ("f/reason", "\"Late\""), ("f/since", "2026-02-03"), ("f/urgent", "true"), ("f/note", ""), ("n/lines", "1"), ("f/lines/0/article", "lamp"), ("f/lines/0/count", "3")));
        var read = JsonSerializer.Deserialize<Refund>(reading.Read(RefundSchema, value), JsonSerializerOptions.Web)!;
        Assert.Empty(reading.Problems);
        Assert.Equal(("Bob", 12.50m, Reason.Late, new DateOnly(2026, 2, 3), true, null), (read.Customer, read.Amount, read.Reason, read.Since!.Value, read.Urgent, read.Note));
        Assert.Equal(new Line("lamp", 3), Assert.Single(read.Lines));
    }

    [Fact]
    public void Rows_are_added_and_removed()
    {
        var value = JsonSerializer.SerializeToElement(new Refund("Ada", 1) { Lines = [new("lamp", 1), new("cable", 2)] }, JsonSerializerOptions.Web);
        var more = new FormReading(Form(("n/lines", "2"), ("add", "/lines"))).Read(RefundSchema, value);
        Assert.Equal(3, more.GetProperty("lines").GetArrayLength());
        Assert.Equal("lamp", more.GetProperty("lines")[0].GetProperty("article").GetString());
        var less = new FormReading(Form(("n/lines", "2"), ("remove", "/lines/0"))).Read(RefundSchema, value);
        Assert.Equal("cable", Assert.Single(less.GetProperty("lines").EnumerateArray()).GetProperty("article").GetString());
    }

    [Theory]
    [InlineData("f/amount", "a lot")]
    [InlineData("f/amount", "")]
    [InlineData("f/amount", "1e999")]
    [InlineData("f/reason", "\"Because\"")]
    [InlineData("f/reason", "Late")]
    [InlineData("f/since", "31.3.2027")]
    public void What_cannot_be_read_is_told_at_its_field_and_kept_as_it_was_typed(string name, string text)
    {
        var value = JsonSerializer.SerializeToElement(new Refund("Ada", 1) { Since = new(2026, 1, 1) }, JsonSerializerOptions.Web);
        var reading = new FormReading(Form((name, text)));
        var read = reading.Read(RefundSchema, value);
        Assert.Equal(name[1..], Assert.Single(reading.Problems).Key);
        Assert.Equal(text, read.GetProperty(name[2..]).GetString());
    }

    [Fact]
    public void What_the_form_does_not_show_stays_as_it_was()
    {
        var value = JsonElement.Parse("""{"customer":"Ada","amount":1,"unknown":{"deep":[1,2]}}""");
        var read = new FormReading(Form(("f/customer", "Bob"))).Read(RefundSchema, value);
        Assert.Equal("[1,2]", read.GetProperty("unknown").GetProperty("deep").GetRawText());
    }

    [Fact]
    public void A_value_that_does_not_fit_its_schema_is_edited_as_json()
    {
        var value = JsonElement.Parse("""{"customer":{"first":"Ada"},"amount":1,"lines":"none"}""");
        var form = ProposalForm.Of(RefundSchema, value, ProposalMarks.None);
        Assert.Equal(FieldKind.Json, form.Children.Single(field => field.Path == "/customer").Kind);
        Assert.Equal(FieldKind.Json, form.Children.Single(field => field.Path == "/lines").Kind);
    }

    [Fact]
    public void The_least_sure_fields_are_marked()
    {
        var value = JsonSerializer.SerializeToElement(new Refund("Ada", 1), JsonSerializerOptions.Web);
        var fields = new Dictionary<string, Confidence> { ["amount"] = 0.4, ["Customer"] = 0.97 };
        var weak = ProposalForm.Of(RefundSchema, value, new(fields, new(0.9), ProposalMarks.None.Problems)).Children.Where(field => field.IsWeak).Select(field => field.Path);
        Assert.Equal(["/amount"], weak);
    }

    [Theory]
    [InlineData("orderNumber", "Order number")]
    [InlineData("total_amount", "Total amount")]
    [InlineData("IBAN", "IBAN")]
    public void Names_of_code_become_labels(string name, string label) => Assert.Equal(label, Schema.Label(name));

    /// <summary>What a browser sends of a form.</summary>
    private static FormCollection Sent(FormField field)
    {
        var sent = new List<(string, string)>();
        Add(field);
        return Form([.. sent]);

        void Add(FormField one)
        {
            switch (one.Kind)
            {
                case FieldKind.Group:
                    break;
                case FieldKind.List:
                    sent.Add(($"{FormReading.RowsPrefix}{one.Path}", $"{one.Children.Count}"));
                    break;
                case FieldKind.Flag when !one.IsNullable:
                    if (one.Text == "true")
                    {
                        sent.Add((FormReading.Prefix + one.Path, "true"));
                    }

                    break;
                case FieldKind.Choice:
                    sent.Add((FormReading.Prefix + one.Path, one.Choices.Single(choice => JsonElement.DeepEquals(choice, one.Value!.Value)).GetRawText()));
                    break;
                default:
                    sent.Add((FormReading.Prefix + one.Path, one.Text));
                    break;
            }

            foreach (var child in one.Children)
            {
                Add(child);
            }
        }
    }

    private static FormCollection Form(params (string Name, string Value)[] fields) =>
        new(fields.GroupBy(field => field.Name).ToDictionary(group => group.Key, group => new StringValues([.. group.Select(field => field.Value)])));

    private static JsonElement SchemaOfRefund()
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(WebLoop.Required(WebLoop.Name)).Build());
        services.AddHumanLoop().UseInMemory().AddWorkflow<Refund>(WebLoop.Name, _ => { });
        using var provider = services.BuildServiceProvider();
        return Assert.Single(provider.GetRequiredService<IWorkflowControl>().ListWorkflows()).Schema;
    }
}
