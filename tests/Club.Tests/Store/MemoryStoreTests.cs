using Club.Store;

namespace Club.Tests.Store;

/// <summary>The store of the flow tests keeps the contract of the real ones.</summary>
public sealed class MemoryStoreTests : StoreContract
{
    protected override Task<IClubStore> Open() => Task.FromResult<IClubStore>(new MemoryStore());
}
