using System.Text.Json;

namespace HumanLoop.Tests.Adapting;

/// <summary>Numbers of the evidence arithmetic that another implementation worked out.</summary>
public sealed class GoldenEvidence
{
    public required string Name { get; init; }

    public required double[] Grid { get; init; }

    public required bool Fixed { get; init; }

    public required int[] Starts { get; init; }

    public required int[][] Changes { get; init; }

    public required int[] Certified { get; init; }

    public required double[] LogE { get; init; }

    public required double[][] Outcomes { get; init; }

    public static IReadOnlyList<GoldenEvidence> All { get; } = Read();

    private static List<GoldenEvidence> Read()
    {
        using var stream = typeof(GoldenEvidence).Assembly.GetManifestResourceStream("HumanLoop.Tests.Adapting.golden-evidence.json")!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.GetProperty("cases").Deserialize<List<GoldenEvidence>>(JsonSerializerOptions.Web)!;
    }
}
