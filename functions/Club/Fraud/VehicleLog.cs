using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Fraud;

/// <summary>One bill of a vehicle.</summary>
/// <param name="EntryId">The bill's, by which a redelivery finds its own.</param>
/// <param name="Odometer">Kilometres; null: not told.</param>
/// <param name="IsDoubted">What it shows does not go with the others', so nothing is measured by it.</param>
/// <param name="MemberId">Whose bill it was then; null: an older release put it down.</param>
public sealed record VehicleReading(string EntryId, DateTimeOffset At, DateOnly On, DealerId? DealerId, int? Odometer,
    bool IsDoubted = false, MemberId? MemberId = null);

/// <summary>The latest bills of a vehicle, in a partition named by the hash of its VIN, whoever brought it.</summary>
public sealed record VehicleLog : IStored<VehicleLog>
{
    public const string Id = "vehicleLog";

    /// <summary>Several years of an ordinary car.</summary>
    private const int MostReadings = 60;

    public IReadOnlyList<VehicleReading> Readings { get; init; } = [];

    /// <summary>Another instrument was put in: nothing before counts for what the odometer shows.</summary>
    public DateTimeOffset? OdometerSince { get; init; }

    public VehicleLog With(VehicleReading reading) => this with
    {
        Readings = [.. Readings.Where(one => one.EntryId != reading.EntryId).Append(reading).OrderByDescending(one => one.At)
            .ThenBy(one => one.EntryId, StringComparer.Ordinal).Take(MostReadings)],
    };

    static string IStored<VehicleLog>.DocumentType => "vehicleLog";
    static JsonTypeInfo<VehicleLog> IStored<VehicleLog>.JsonType => FraudDocuments.Default.VehicleLog;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}
