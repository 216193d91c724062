import { fixedShards } from '../../core/storage/shard-counts.ts';
import { MemoryDirectory } from '../../store/memory-directory.ts';
import { MemoryEntryStore } from '../../store/memory-entry-store.ts';
import { MemoryOverflowStore } from '../../store/memory-overflow-store.ts';
import { MemoryViewStore } from '../../store/memory-view-store.ts';
import { describeDirectoryContract } from './directory-contract.ts';
import { describeStoreContract } from './entry-store-contract.ts';
import { describeOverflowContract } from './overflow-contract.ts';
import { describeShardStepContract } from './shard-step-contract.ts';
import { describeViewStoreContract } from './view-store-contract.ts';

describeStoreContract('memory', async () => {
  const entries = new MemoryEntryStore();
  return { entries, details: entries, directory: new MemoryDirectory() };
});
describeDirectoryContract('memory', async () => new MemoryDirectory());
describeOverflowContract('memory', async () => ({
  overflow: new MemoryOverflowStore(),
  makeEntries: async (overflow) => new MemoryEntryStore(fixedShards(), overflow),
}));
describeShardStepContract('memory', async () => new MemoryDirectory().shardSteps);
describeViewStoreContract('memory', async () => new MemoryViewStore());
