using System.Reflection;
using System.Text.Json;
using HumanLoop.AspNetCore.Api;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.AspNetCore.Tests.Api;

public sealed class OpenApiTests
{
    [Fact]
    public async Task Every_call_is_described_and_nothing_else()
    {
        await using var loop = await WebLoop.StartAsync();
        var document = await loop.JsonAsync(loop.GetAsync("/humanloop/api/v1/openapi.json"));
        var described = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"));
        const string api = "/humanloop/api/v1";
        var mapped = loop.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith(api, StringComparison.Ordinal) == true && !endpoint.RoutePattern.RawText.Contains("**", StringComparison.Ordinal))
            .Select(endpoint => $"{endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]} {endpoint.RoutePattern.RawText![api.Length..]}");
        Assert.Equal(mapped.Order(), described.Order());
    }

    [Theory]
    [InlineData(typeof(ReviewJson), "Review")]
    [InlineData(typeof(LeaseJson), "Lease")]
    [InlineData(typeof(VerdictJson), "Verdict")]
    [InlineData(typeof(ReviewPageJson), "ReviewPage")]
    [InlineData(typeof(ProblemJson), "Problem")]
    [InlineData(typeof(WorkflowJson), "Workflow")]
    [InlineData(typeof(WorkflowDetailJson), "WorkflowDetail")]
    [InlineData(typeof(LiveThresholdJson), "LiveThreshold")]
    [InlineData(typeof(EvidenceJson), "Evidence")]
    [InlineData(typeof(ThresholdChangeJson), "ThresholdChange")]
    [InlineData(typeof(MetricJson), "Metric")]
    [InlineData(typeof(ClaimBody), "Claim")]
    [InlineData(typeof(VerdictBody), "GiveVerdict")]
    [InlineData(typeof(EscalateBody), "Escalate")]
    [InlineData(typeof(AssignManyBody), "AssignMany")]
    [InlineData(typeof(OutcomeBody), "Outcome")]
    [InlineData(typeof(SettleBody), "Settle")]
    [InlineData(typeof(PauseBody), "Pause")]
    internal async Task Every_shape_is_described_as_it_is(Type type, string name)
    {
        await using var loop = await WebLoop.StartAsync();
        var document = await loop.JsonAsync(loop.GetAsync("/humanloop/api/v1/openapi.json"));
        var described = document.GetProperty("components").GetProperty("schemas").GetProperty(name).GetProperty("properties").EnumerateObject().Select(property => property.Name);
        var written = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));
        Assert.Equal(written.Order(), described.Order());
    }

    [Fact]
    public async Task Every_reference_leads_somewhere()
    {
        await using var loop = await WebLoop.StartAsync();
        var document = await loop.JsonAsync(loop.GetAsync("/humanloop/api/v1/openapi.json"));
        foreach (System.Text.RegularExpressions.Match reference in System.Text.RegularExpressions.Regex.Matches(document.GetRawText(), "\"\\$ref\": ?\"#/components/([a-z]+)/([A-Za-z]+)\""))
        {
            Assert.True(document.GetProperty("components").GetProperty(reference.Groups[1].Value).TryGetProperty(reference.Groups[2].Value, out _), reference.Value);
        }
    }
}
