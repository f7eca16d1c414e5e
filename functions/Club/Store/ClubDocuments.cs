using System.Text.Json;
using System.Text.Json.Serialization;
using Club.Care;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Webhooks;

namespace Club;

/// <summary>Compile-time serializers of everything that is stored.</summary>
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(Entry))]
[JsonSerializable(typeof(MemberEvent))]
[JsonSerializable(typeof(Reversed))]
[JsonSerializable(typeof(Rejection))]
[JsonSerializable(typeof(Claim))]
[JsonSerializable(typeof(Profile))]
[JsonSerializable(typeof(Parked))]
[JsonSerializable(typeof(Delivered))]
[JsonSerializable(typeof(SmsRecord))]
internal sealed partial class ClubDocuments : JsonSerializerContext
{
    public static ClubDocuments Shared { get; } = new(new JsonSerializerOptions(ClubJson.Options));
}
