using HumanLoop.Cli.Input;

namespace HumanLoop.Cli.Tests.Input;

public sealed class DecisionFileTests
{
    private static readonly Dictionary<string, string> AsIs = [];

    [Fact]
    public void Quoted_fields_may_hold_commas_quotes_and_line_ends()
    {
        var file = Read("id,text,confidence,predicted,truth\r\n1,\"a, \"\"b\"\"\r\nc\",0.9,\"x,y\",\"x,y\"\r\n2,,0.5,x,y\r\n");

        Assert.Equal([new(0.9, false, 0), new(0.5, true, 0)], file.Rows);
    }

    [Theory]
    [InlineData("1", false)]
    [InlineData("0", true)]
    [InlineData("TRUE", false)]
    [InlineData("false", true)]
    public void Correct_is_read_in_each_spelling(string correct, bool wrong) =>
        Assert.Equal(wrong, Read($"confidence,correct\n0.5,{correct}\n").Rows[0].IsWrong);

    [Fact]
    public void An_empty_confidence_is_a_decision_that_nobody_scored()
    {
        var file = Read("confidence,correct\n,1\n0.5,1\n");

        Assert.Equal(1, file.WithoutConfidence);
        Assert.False(file.Rows[0].Confidence.IsUsable);
    }

    [Fact]
    public void Columns_can_be_renamed_and_named_ones_win()
    {
        var file = DecisionFile.Read(
            new StringReader("score,correct,guess,truth\n0.5,1,a,b\n"),
            "f.csv",
            new Dictionary<string, string> { ["confidence"] = "score", ["predicted"] = "guess" });

        Assert.True(file.Rows[0].IsWrong);
    }

    [Fact]
    public void Naming_the_truth_alone_says_as_well_that_it_decides()
    {
        var file = DecisionFile.Read(new StringReader("confidence,correct,predicted,label\n0.5,1,a,b\n"), "f.csv", new Dictionary<string, string> { ["truth"] = "label" });

        Assert.True(file.Rows[0].IsWrong);
    }

    [Fact]
    public void What_cannot_be_decoded_in_columns_that_mean_nothing_does_not_matter() =>
        Assert.False(Read("note,confidence,correct,predicted\n\uFFFD,0.5,1,\uFFFD\n").Rows[0].IsWrong);

    [Theory]
    [InlineData("", "line 1, column 1")]
    [InlineData("a,b\n", "line 1, column confidence")]
    [InlineData("confidence,b\n", "line 1, column correct")]
    [InlineData("confidence,correct\n", "line 2, column 1")]
    [InlineData("confidence,correct\n0.5,1\n93,1\n", "line 3, column confidence")]
    [InlineData("confidence,correct\n\"0.5\n\",1\n0.5,maybe\n", "line 4, column correct")]
    [InlineData("confidence,correct\n0.5\n", "line 2, column 1")]
    [InlineData("confidence,correct\n0.5,1,7\n", "line 2, column 2")]
    [InlineData("confidence,correct\n\"0.5,1\n", "line 2, column 1")]
    [InlineData("confidence,correct\n\"0.5\"x,1\n", "line 2, column 1")]
    [InlineData("confidence,correct\n0\"5,1\n", "line 2, column 1")]
    [InlineData("confidence,correct\n0.5,1\r0.6,1\n", "line 2, column 2")]
    [InlineData("confidence,correct,confidence\n0.5,1,0.9\n", "line 1, column confidence")]
    [InlineData("confidence,predicted,truth\n0.5,a,a\n0.5,caf\uFFFD,caf\uFFFD\n", "line 3, column predicted")]
    [InlineData("segment,confidence,correct\n\uFFFD,0.5,1\n", "line 2, column segment")]
    public void Bad_input_is_refused_with_its_place(string text, string place)
    {
        var refused = Assert.Throws<InputException>(() => Read(text));

        Assert.StartsWith($"f.csv, {place}: expected ", refused.Message, StringComparison.Ordinal);
    }

    private static DecisionFile Read(string text) => DecisionFile.Read(new StringReader(text), "f.csv", AsIs);
}
