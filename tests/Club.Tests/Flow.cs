using Club.Messaging;
using Club.Programmes;
using Club.Store;

namespace Club.Tests;

/// <summary>Flows run on the store in memory, and once more on each store that a derived class opens.</summary>
public abstract class Flow
{
    protected virtual Task<IClubStore> NewStore() => Task.FromResult<IClubStore>(new MemoryStore());

    protected async Task<ClubFixture> Open(string programme = "foton", Programme? rules = null, ISms? sms = null) =>
        new(programme, await NewStore(), rules, sms);
}
