namespace HumanLoop.Testing.Tests;

public sealed class DecisionStreamTests
{
    [Fact]
    public void Columns_are_found_by_name_and_others_are_passed_over()
    {
        var decision = Assert.Single(Read("truth,extra,confidence,id,predicted,text,segment\ncat,x,0.75,d-1,dog,hello,gold\n"));
        Assert.Equal(new RecordedDecision { Id = "d-1", Segment = "gold", Text = "hello", Predicted = "dog", Confidence = 0.75, Truth = "cat" }, decision);
        Assert.False(decision.IsRight);
    }

    [Fact]
    public void An_empty_confidence_is_a_decision_that_nobody_scored() =>
        Assert.Null(Assert.Single(Read("predicted,confidence,truth\na,,a\n")).Confidence);

    [Fact]
    public void Zero_and_one_and_scientific_notation_are_confidences() =>
        Assert.Equal([0, 1, 0.0001], Read("predicted,confidence,truth\na,0,a\na,1,a\na,1E-4,a").Select(each => each.Confidence!.Value.Value));

    [Fact]
    public void Without_an_id_column_the_rows_are_numbered() =>
        Assert.Equal(["1", "2"], Read("predicted,confidence,truth\na,1,a\nb,1,b\n").Select(each => each.Id.Value));

    [Fact]
    public void Columns_can_be_renamed()
    {
        var columns = new Dictionary<string, string> { ["confidence"] = "score", ["predicted"] = "model says" };
        Assert.Equal(0.5, Assert.Single(DecisionStream.Read(new StringReader("model says,score,truth\na,0.5,a\n"), "s.csv", columns)).Confidence!.Value.Value);
    }

    [Fact]
    public void Quoted_fields_hold_commas_quotes_and_line_ends()
    {
        var rows = Read("predicted,confidence,truth,text\r\n\"a,b\",0.5,\"say \"\"no\"\"\",\"one\r\ntwo\nthree\"\r\n\r\nx,0.6,y,\"\"\r\n");
        Assert.Equal(["a,b", "x"], rows.Select(each => each.Predicted));
        Assert.Equal("say \"no\"", rows[0].Truth);
        Assert.Equal("one\r\ntwo\nthree", rows[0].Text);
        Assert.Null(rows[1].Text);
    }

    [Fact]
    public void A_last_line_without_an_end_counts() => Assert.Single(Read("predicted,confidence,truth\na,1,a"));

    [Theory]
    [InlineData("", 1, null, "header row was expected")]
    [InlineData("predicted,truth\na,a\n", 1, "confidence", "it has predicted, truth")]
    [InlineData("predicted,confidence,truth,truth\n", 1, "truth", "more than once")]
    [InlineData("predicted,confidence,truth\na,0.5\n", 2, null, "2 fields; the header has 3")]
    [InlineData("predicted,confidence,truth\na,0.5,a,b\n", 2, null, "4 fields; the header has 3")]
    [InlineData("predicted,confidence,truth\na,0.5,a\na,high,a\n", 3, "confidence", "'high' is no number from 0 to 1")]
    [InlineData("predicted,confidence,truth\na,1.01,a\n", 2, "confidence", "'1.01' is no number from 0 to 1")]
    [InlineData("predicted,confidence,truth\na,-0.01,a\n", 2, "confidence", "no number from 0 to 1")]
    [InlineData("predicted,confidence,truth\na,NaN,a\n", 2, "confidence", "no number from 0 to 1")]
    [InlineData("predicted,confidence,truth\na,\"0,5\",a\n", 2, "confidence", "'0,5' is no number")]
    [InlineData("predicted,confidence,truth\na,0.5,\n", 2, "truth", "an answer was expected")]
    [InlineData("id,predicted,confidence,truth\nx,a,0.5,a\ny,a,1,a\nx,a,1,a\n", 4, "id", "the id of line 2 already")]
    [InlineData("id,predicted,confidence,truth\n,a,0.5,a\n", 2, "id", "1 to 200 characters")]
    [InlineData("predicted,confidence,truth,text\n\"x\",1,x,\"two\nlines\"\nb,oops,b,\n", 4, "confidence", "'oops'")]
    [InlineData("predicted,confidence,truth\n\"a,1,a\n", 2, null, "never closed")]
    [InlineData("predicted,confidence,truth\n\"a\"b,1,a\n", 2, null, "goes on after its closing quote")]
    [InlineData("predicted,confidence,truth\na\"b,1,a\n", 2, null, "a quote in its middle")]
    [InlineData("predicted,confidence,truth\ra,1,a\n", 1, null, "a carriage return stands alone")]
    public void A_bad_row_names_file_line_column_and_what_was_expected(string text, int line, string? column, string expected)
    {
        var fault = Assert.Throws<DecisionStreamException>(() => Read(text));
        Assert.Equal((line, column), (fault.Line, fault.Column));
        Assert.StartsWith($"s.csv, line {line}", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_renamed_column_is_told_by_the_name_in_the_file()
    {
        var columns = new Dictionary<string, string> { ["confidence"] = "score" };
        var fault = Assert.Throws<DecisionStreamException>(() => DecisionStream.Read(new StringReader("predicted,score,truth\na,x,a\n"), "s.csv", columns));
        Assert.Equal("score", fault.Column);
        Assert.Throws<DecisionStreamException>(() => DecisionStream.Read(new StringReader("predicted,confidence,truth\n"), "s.csv", columns));
        Assert.Throws<ArgumentException>(() => DecisionStream.Read(new StringReader("predicted,confidence,truth\n"), "s.csv", new Dictionary<string, string> { ["certainty"] = "score" }));
    }

    [Fact]
    public void A_file_is_read_as_UTF8_with_or_without_mark_and_nothing_else()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, [.. "\uFEFF"u8, .. "predicted,confidence,truth\né,1,é\n"u8]);
            Assert.True(Assert.Single(DecisionStream.ReadFile(path)).IsRight);
            File.WriteAllBytes(path, [.. "predicted,confidence,truth\na,1,a\n"u8, 0xE9, .. ",1,b\n"u8]);
            Assert.Contains("not UTF-8", Assert.Throws<DecisionStreamException>(() => DecisionStream.ReadFile(path)).Message, StringComparison.Ordinal);
            File.WriteAllBytes(path, [.. "\uFEFF"u8, .. "predicted,confidence,truth\na,1,a\n"u8, 0xE9, .. ",1,b\n"u8]);
            Assert.Contains("not UTF-8", Assert.Throws<DecisionStreamException>(() => DecisionStream.ReadFile(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_decisions()
    {
        Assert.Equal(DecisionStream.Calibrated(7, 100), DecisionStream.Calibrated(7, 100));
        Assert.NotEqual(DecisionStream.Calibrated(7, 100), DecisionStream.Calibrated(8, 100));
        Assert.Equal(100, DecisionStream.Calibrated(7, 100).Select(each => each.Id).Distinct().Count());
    }

    [Fact]
    public void Calibrated_decisions_are_as_often_right_as_they_are_sure()
    {
        // 4 standard deviations of a share: 4 · √(p(1−p)/n), with n about 2,000 or more in each band.
        foreach (var band in DecisionStream.Calibrated(11, 20_000).GroupBy(each => Math.Floor(each.Confidence!.Value.Value * 5)).Where(band => band.Count() > 500))
        {
            var (sure, right) = (band.Average(each => each.Confidence!.Value.Value), band.Average(each => each.IsRight ? 1.0 : 0));
            Assert.InRange(right - sure, -4 * Math.Sqrt(sure * (1 - sure) / band.Count()), 4 * Math.Sqrt(sure * (1 - sure) / band.Count()));
        }
    }

    [Fact]
    public void Overconfident_and_uninformative_decisions_are_what_they_are_called()
    {
        var high = DecisionStream.Overconfident(3, 20_000).Where(each => each.Confidence >= new Confidence(0.85) && each.Confidence < new Confidence(0.95)).ToList();
        Assert.InRange(high.Average(each => each.IsRight ? 1.0 : 0), 0.66, 0.76);
        var halves = DecisionStream.Uninformative(3, 20_000).GroupBy(each => each.Confidence >= new Confidence(0.8)).Select(half => half.Average(each => each.IsRight ? 1.0 : 0)).ToList();
        Assert.All(halves, right => Assert.InRange(right, 0.68, 0.72));
    }

    private static IReadOnlyList<RecordedDecision> Read(string text) => DecisionStream.Read(new StringReader(text), "s.csv");
}
