using System.Security.Cryptography;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Text;
using static Microsoft.ML.Transforms.Text.NgramExtractingEstimator.WeightingCriteria;

namespace SupportDesk.Tickets;

/// <summary>A small text classifier, trained on the spot. Safe to use from several threads, and a prediction takes well under a millisecond.</summary>
internal sealed class TicketModel : IDisposable
{
    /// <summary>The model's version. To be raised when the pipeline changes; changed training data are noticed without.</summary>
    public const string CurrentVersion = "tickets-sdca-1";

    /// <summary>What to call the cache file.</summary>
    public const string FileName = CurrentVersion + ".model";

    private const int Seed = 1;
    private const int TrainingSeed = 20_250_101;
    private const int TrainingCount = 8_000;

    // A prediction engine must not be used by two threads at once, and predictions are too quick to need a pool.
    private readonly Lock _gate = new();
    private readonly PredictionEngine<Input, Output> _engine;

    private TicketModel(MLContext context, ITransformer transformer) =>
        _engine = context.Model.CreatePredictionEngine<Input, Output>(transformer);

    /// <summary>The model's name in a decision.</summary>
    public string Version { get; } = CurrentVersion;

    /// <summary>Loads the model from a file or, where that does not hold this very model, trains it and saves it there.</summary>
    public static TicketModel LoadOrTrain(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        var context = new MLContext(Seed);
        var tickets = TicketStream.Training(TrainingSeed, TrainingCount);
        var stamp = Stamp(tickets);
        if (TryLoad(context, path, stamp) is { } loaded)
        {
            return loaded;
        }

        var data = context.Data.LoadFromEnumerable(tickets.Select(static ticket => new Input { Text = ticket.Text, Intent = ticket.Intent }));
        var transformer = Pipeline(context).Fit(data);
        TrySave(context, transformer, data.Schema, path, stamp);
        return new TicketModel(context, transformer);
    }

    /// <summary>The likeliest intent of a text.</summary>
    public TicketPrediction Predict(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        lock (_gate)
        {
            var output = _engine.Predict(new Input { Text = text });
            return new TicketPrediction(output.PredictedLabel, output.Score.Max());
        }
    }

    public void Dispose() => _engine.Dispose();

    private static EstimatorChain<KeyToValueMappingTransformer> Pipeline(MLContext context)
    {
        // Order numbers, dates and amounts are nearly unique: the model would only learn its training set by heart from them.
        var text = new TextFeaturizingEstimator.Options
        {
            KeepNumbers = false,
            KeepPunctuations = false,
            WordFeatureExtractor = new WordBagEstimator.Options { NgramLength = 2, UseAllLengths = true, Weighting = TfIdf },
            CharFeatureExtractor = new WordBagEstimator.Options { NgramLength = 3, UseAllLengths = false, Weighting = TfIdf },
        };

        // One thread, because the order in which several of them update the weights differs from run to run. The strength of the
        // regularization is fixed: left to itself it would follow the number of tickets, and the scores' spread with it.
        var trainer = new SdcaMaximumEntropyMulticlassTrainer.Options
        {
            NumberOfThreads = 1,
            L2Regularization = 2e-5f,
            MaximumNumberOfIterations = 20,
        };

        return context.Transforms.Conversion.MapValueToKey("Label", nameof(Input.Intent))
            .Append(context.Transforms.Text.FeaturizeText("Features", text, nameof(Input.Text)))
            .AppendCacheCheckpoint(context)
            .Append(context.MulticlassClassification.Trainers.SdcaMaximumEntropy(trainer))
            .Append(context.Transforms.Conversion.MapKeyToValue(nameof(Output.PredictedLabel)));
    }

    // The file's first line names the model, the library, the training set and the checksum of what follows.
    private static string Stamp(IReadOnlyList<Ticket> tickets)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var ticket in tickets)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{ticket.Intent}\t{ticket.Text}\n"));
        }

        return $"{CurrentVersion} {typeof(MLContext).Assembly.GetName().Version} {Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }

    private static string Header(string stamp, ReadOnlySpan<byte> model) =>
        $"{stamp} {Convert.ToHexStringLower(SHA256.HashData(model))}\n";

    private static TicketModel? TryLoad(MLContext context, string path, string stamp)
    {
        try
        {
            var file = File.ReadAllBytes(path);
            var start = file.AsSpan().IndexOf((byte)'\n') + 1;
            if (!file.AsSpan(0, start).SequenceEqual(Encoding.UTF8.GetBytes(Header(stamp, file.AsSpan(start)))))
            {
                return null;
            }

            using var stream = new MemoryStream(file, start, file.Length - start, writable: false);
            return new TicketModel(context, context.Model.Load(stream, out _));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file is only a cache: one that is missing or cannot be read costs a training, nothing else.
            return null;
        }
    }

    private static void TrySave(MLContext context, ITransformer transformer, DataViewSchema schema, string path, string stamp)
    {
        using var stream = new MemoryStream();
        context.Model.Save(transformer, schema, stream);
        var model = stream.ToArray();

        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            {
                Directory.CreateDirectory(folder);
            }

            // Written aside and moved, so that nobody ever reads half a model.
            File.WriteAllBytes(temporary, [.. Encoding.UTF8.GetBytes(Header(stamp, model)), .. model]);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without the cache the next start trains again.
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }

    private sealed class Input
    {
        public string Text { get; set; } = "";

        public string Intent { get; set; } = "";
    }

    private sealed class Output
    {
        public string PredictedLabel { get; set; } = "";

        public float[] Score { get; set; } = [];
    }
}
